package io.imagegate.server.serve;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** One HTTP/2 connection for {@link WarmUp}: the frames (RFC 9113) that one request at a time needs. */
final class Http2WarmUp implements WarmUp.Connection {

    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int GOAWAY = 7;
    private static final int WINDOW_UPDATE = 8;
    private static final int END_STREAM = 1;
    private static final int ACK = 1;
    private static final int END_HEADERS = 4;

    /** {@code :status: 200} in the static table of HPACK (RFC 7541, appendix A). */
    private static final byte STATUS_200 = (byte) 0x88;

    private final OutputStream out;
    private final DataInputStream in;
    private final String path;
    private int stream = -1;

    Http2WarmUp(Socket socket, String path) throws IOException {
        this.path = path;
        this.out = socket.getOutputStream();
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out.write(PREFACE.getBytes(StandardCharsets.US_ASCII));
        out.write(frame(SETTINGS, 0, 0, new byte[0]));
    }

    @Override
    public void review(byte[] body) throws IOException {
        stream += 2;
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(frame(HEADERS, END_HEADERS, stream, head(body.length)));
        request.writeBytes(frame(DATA, END_STREAM, stream, body));
        request.writeTo(out);
        boolean ended = false;
        while (!ended) {
            ended = isEnd();
        }
    }

    /** {@return whether the next frame is the last of the answer} */
    private boolean isEnd() throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        in.readInt();
        byte[] payload = in.readNBytes(length);
        switch (type) {
            case SETTINGS -> {
                if ((flags & ACK) == 0) {
                    out.write(frame(SETTINGS, ACK, 0, new byte[0]));
                }
            }
            case HEADERS -> {
                if (length == 0 || payload[0] != STATUS_200) {
                    throw new IOException("the answer over HTTP/2 is not 200");
                }
            }
            case DATA -> {
                if (length > 0) {
                    byte[] window =
                            ByteBuffer.allocate(Integer.BYTES).putInt(length).array();
                    out.write(frame(WINDOW_UPDATE, 0, 0, window));
                }
            }
            case RST_STREAM, GOAWAY -> throw new IOException("the server ended the stream");
            default -> {
                // Ignored: not needed for one request at a time.
            }
        }
        return (type == HEADERS || type == DATA) && (flags & END_STREAM) != 0;
    }

    private byte[] head(int length) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        field(block, ":method", "POST");
        field(block, ":scheme", "https");
        field(block, ":path", path);
        field(block, ":authority", "localhost");
        field(block, "content-type", "application/json");
        field(block, "content-length", Integer.toString(length));
        return block.toByteArray();
    }

    /** A literal without indexing and Huffman code (RFC 7541, 6.2.2); name and value are shorter than 127 bytes. */
    private static void field(ByteArrayOutputStream block, String name, String value) {
        block.write(0);
        for (String text : new String[] {name, value}) {
            block.write(text.length());
            block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .putInt(payload.length << 8 | type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }
}
