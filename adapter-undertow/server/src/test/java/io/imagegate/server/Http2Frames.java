package io.imagegate.server;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** An HTTP/2 connection frame by frame, for what no client library would send. */
public final class Http2Frames implements AutoCloseable {

    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int PRIORITY = 2;
    public static final int RESET = 3;
    public static final int SETTINGS = 4;
    public static final int PING = 6;
    public static final int GO_AWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;
    public static final int UNKNOWN = 0xfe;
    public static final int ENHANCE_YOUR_CALM = 11;
    public static final int END_STREAM = 1;
    public static final int END_HEADERS = 4;
    private static final short INITIAL_WINDOW_SIZE = 4;
    private static final int CANCEL = 8;
    private static final int WINDOW_INCREMENT = 1_024;
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    /** A frame as it came; a closed connection gives one of type -1. */
    public record Frame(int type, int flags, int stream, ByteBuffer payload) {

        public boolean isEnd() {
            return type < 0;
        }

        /** The error code of RST_STREAM or GOAWAY, 0 for other types. */
        public int errorCode() {
            return switch (type) {
                case RESET -> payload.getInt(0);
                case GO_AWAY -> payload.getInt(Integer.BYTES);
                default -> 0;
            };
        }
    }

    private final SSLSocket socket;
    private final DataOutputStream out;
    private final DataInputStream in;

    public Http2Frames(SSLSocket socket) throws IOException {
        this(socket, PREFACE);
        settings();
    }

    private Http2Frames(SSLSocket socket, String preface) throws IOException {
        this.socket = socket;
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        out = new DataOutputStream(socket.getOutputStream());
        in = new DataInputStream(socket.getInputStream());
        out.writeBytes(preface);
    }

    /** A connection over which the first half of the preface was sent. */
    public static Http2Frames begun(SSLSocket socket) throws IOException {
        return new Http2Frames(socket, PREFACE.substring(0, PREFACE.length() / 2));
    }

    /** Sends the second half, and reads the first frame of the server. */
    public Frame answerToPreface() throws IOException {
        try {
            out.writeBytes(PREFACE.substring(PREFACE.length() / 2));
            settings();
        } catch (SocketException closed) {
            // The end is read.
        }
        return read();
    }

    /** From now on no byte of an answer's body may be sent. */
    public void takeNoAnswer() throws IOException {
        window(0);
    }

    /** From now on the window of a stream keeps no answer from being sent. */
    public void takeEveryAnswer() throws IOException {
        window(Integer.MAX_VALUE);
    }

    private void window(int bytes) throws IOException {
        send(
                SETTINGS,
                0,
                0,
                ByteBuffer.allocate(6)
                        .putShort(INITIAL_WINDOW_SIZE)
                        .putInt(bytes)
                        .array());
    }

    /** Asks for an acknowledgement. */
    public void ping() throws IOException {
        send(PING, 0, 0, new byte[8]);
    }

    /** Changes nothing, and asks for an acknowledgement of that. */
    public void settings() throws IOException {
        send(SETTINGS, 0, 0, new byte[0]);
    }

    /** A valid frame of some type that carries nothing; connection-wide where its type is. */
    public void withoutContent(int type, int stream) throws IOException {
        switch (type) {
            case PING, SETTINGS -> send(type, 0, 0, new byte[type == PING ? 8 : 0]);
            case WINDOW_UPDATE ->
                send(
                        type,
                        0,
                        stream,
                        ByteBuffer.allocate(4).putInt(WINDOW_INCREMENT).array());
            case PRIORITY -> send(type, 0, stream, new byte[5]);
            default -> send(type, 0, stream, new byte[0]);
        }
    }

    /** Begins a POST whose body does not come. */
    public void begin(int stream) throws IOException {
        send(HEADERS, END_HEADERS, stream, head());
    }

    /** Begins a POST whose head does not end; this is the first part of it. */
    public void beginHead(int stream) throws IOException {
        send(HEADERS, 0, stream, head());
    }

    /** A further part of a head that does not end. */
    public void continueHead(int stream, String name, String value) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        field(block, name, value);
        send(CONTINUATION, 0, stream, block.toByteArray());
    }

    private static byte[] head() {
        return head("/image_policy");
    }

    /**
     * The header block of a POST.
     *
     * @param fields further names and values in turn
     */
    public static byte[] head(String path, String... fields) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        field(block, ":method", "POST");
        field(block, ":scheme", "https");
        field(block, ":path", path);
        field(block, ":authority", "localhost");
        field(block, "content-type", "application/json");
        for (int i = 0; i < fields.length; i += 2) {
            field(block, fields[i], fields[i + 1]);
        }
        return block.toByteArray();
    }

    /** Ends what was begun. */
    public void end(int stream, String body) throws IOException {
        send(DATA, END_STREAM, stream, body.getBytes(StandardCharsets.US_ASCII));
    }

    public void reset(int stream) throws IOException {
        send(RESET, 0, stream, ByteBuffer.allocate(4).putInt(CANCEL).array());
    }

    /** The next frame of one of these types. */
    public Frame await(int type, int other) throws IOException {
        while (true) {
            Frame frame = read();
            if (frame.isEnd() || frame.type() == type || frame.type() == other) {
                return frame;
            }
        }
    }

    /** The next frame. */
    public Frame read() throws IOException {
        try {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            return new Frame(type, flags, stream, ByteBuffer.wrap(in.readNBytes(length)));
        } catch (EOFException | SocketException closed) {
            return new Frame(-1, 0, 0, ByteBuffer.allocate(0));
        }
    }

    /** A literal field without indexing and Huffman code; names and values are shorter than 127 bytes. */
    private static void field(ByteArrayOutputStream block, String name, String value) {
        block.write(0);
        for (String text : new String[] {name, value}) {
            block.write(text.length());
            block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void send(int type, int flags, int stream, byte[] payload) throws IOException {
        write(frame(type, flags, stream, payload));
    }

    /** The bytes of a frame. */
    public static byte[] frame(int type, int flags, int stream, byte... payload) {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.putInt(payload.length << 8 | type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload);
        return frame.array();
    }

    /** Sends bytes as they are. */
    public void write(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
