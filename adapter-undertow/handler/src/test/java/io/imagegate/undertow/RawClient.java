package io.imagegate.undertow;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection on which a test writes what no HTTP library would. */
final class RawClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    RawClient(InetAddress address, int port) throws IOException {
        socket = new Socket(address, port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    /** Writes the head of a POST to the review path. */
    RawClient post(String... headers) throws IOException {
        return head("POST /image_policy?timeout=30s HTTP/1.1", headers);
    }

    RawClient head(String requestLine, String... headers) throws IOException {
        String common = "Host: localhost\r\nContent-Type: application/json\r\n";
        String own = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return write(requestLine + "\r\n" + common + own + "\r\n");
    }

    RawClient write(String text) throws IOException {
        return write(text.getBytes(StandardCharsets.UTF_8));
    }

    RawClient write(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
        return this;
    }

    /** Reads one response, by its Content-Length if it has a body. */
    Response response() throws IOException {
        String head = readHead();
        int length = 0;
        for (String line : head.lines().toList()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(
                        line.substring("content-length:".length()).strip());
            }
        }
        return new Response(head, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    /** Whether the server ends the connection, rather than waiting for more. */
    boolean endsByServer() {
        try {
            return in.read() == -1;
        } catch (java.net.SocketTimeoutException waiting) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    private String readHead() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next == -1) {
                throw new IOException("connection ended in the head: " + head.toString(StandardCharsets.ISO_8859_1));
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    record Response(String head, String body) {

        String statusLine() {
            return head.substring(0, head.indexOf("\r\n"));
        }
    }
}
