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
final class Http2Frames implements AutoCloseable {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RESET = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GO_AWAY = 7;
    static final int CONTINUATION = 9;
    static final int ENHANCE_YOUR_CALM = 11;

    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final short INITIAL_WINDOW_SIZE = 4;
    private static final int CANCEL = 8;
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    /** A frame as it came, with its error code if it is of a kind that has one; of a closed connection, type -1. */
    record Frame(int type, int stream, int errorCode) {

        boolean isEnd() {
            return type < 0;
        }
    }

    private final SSLSocket socket;
    private final DataOutputStream out;
    private final DataInputStream in;

    Http2Frames(SSLSocket socket) throws IOException {
        this.socket = socket;
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        out = new DataOutputStream(socket.getOutputStream());
        in = new DataInputStream(socket.getInputStream());
        out.writeBytes(PREFACE);
        settings();
    }

    /** From now on no byte of an answer's body may be sent. */
    void takeNoAnswer() throws IOException {
        send(
                SETTINGS,
                0,
                0,
                ByteBuffer.allocate(6).putShort(INITIAL_WINDOW_SIZE).putInt(0).array());
    }

    /** Asks for an acknowledgement. */
    void ping() throws IOException {
        send(PING, 0, 0, new byte[8]);
    }

    /** Changes nothing, and asks for an acknowledgement of that. */
    void settings() throws IOException {
        send(SETTINGS, 0, 0, new byte[0]);
    }

    /** Begins a POST whose body does not come. */
    void begin(int stream) throws IOException {
        send(HEADERS, END_HEADERS, stream, head());
    }

    /** Begins a POST whose head does not end; this is the first part of it. */
    void beginHead(int stream) throws IOException {
        send(HEADERS, 0, stream, head());
    }

    /** A further part of a head that does not end. */
    void continueHead(int stream, String name, String value) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        field(block, name, value);
        send(CONTINUATION, 0, stream, block.toByteArray());
    }

    private static byte[] head() {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        field(block, ":method", "POST");
        field(block, ":scheme", "https");
        field(block, ":path", "/image_policy");
        field(block, ":authority", "localhost");
        field(block, "content-type", "application/json");
        return block.toByteArray();
    }

    /** Ends what was begun. */
    void end(int stream, String body) throws IOException {
        send(DATA, END_STREAM, stream, body.getBytes(StandardCharsets.US_ASCII));
    }

    void reset(int stream) throws IOException {
        send(RESET, 0, stream, ByteBuffer.allocate(4).putInt(CANCEL).array());
    }

    /** The next frame of one of these types. */
    Frame await(int type, int other) throws IOException {
        while (true) {
            Frame frame = read();
            if (frame.isEnd() || frame.type() == type || frame.type() == other) {
                return frame;
            }
        }
    }

    private Frame read() throws IOException {
        try {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            in.readUnsignedByte();
            int stream = in.readInt();
            ByteBuffer payload = ByteBuffer.wrap(in.readNBytes(length));
            return new Frame(
                    type,
                    stream,
                    switch (type) {
                        case RESET -> payload.getInt(0);
                        case GO_AWAY -> payload.getInt(Integer.BYTES);
                        default -> 0;
                    });
        } catch (EOFException | SocketException closed) {
            return new Frame(-1, 0, 0);
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
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.putInt(payload.length << 8 | type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload);
        out.write(frame.array());
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
