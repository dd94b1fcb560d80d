package io.imagegate.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Locale;
import javax.net.SocketFactory;

/** A connection on which a test writes what no HTTP library would. */
public final class RawConnection implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final String path;

    /**
     * Connects.
     *
     * @param sockets makes the socket, a TLS one for a server that speaks TLS
     * @param review the address of a review path
     * @throws IOException if nobody listens there
     */
    public RawConnection(SocketFactory sockets, URI review) throws IOException {
        socket = sockets.createSocket(review.getHost(), review.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = socket.getInputStream();
        out = socket.getOutputStream();
        path = review.getRawPath();
    }

    /**
     * Writes the head of a POST of JSON to the review path.
     *
     * @param headers lines without their ends
     * @return this
     * @throws IOException if the connection is over
     */
    public RawConnection post(String... headers) throws IOException {
        return head("POST " + path + "?timeout=30s", headers);
    }

    /**
     * Writes the head of a request with JSON.
     *
     * @param target a method and a path
     * @param headers lines without their ends
     * @return this
     * @throws IOException if the connection is over
     */
    public RawConnection head(String target, String... headers) throws IOException {
        return write(text(target, "application/json", headers));
    }

    /** Writes a request in one go, as it arrives from a client that does not dawdle. */
    RawConnection whole(String target, String contentType, byte[] body) throws IOException {
        String head = text(target, contentType, "Content-Length: " + body.length);
        return write(head + new String(body, UTF_8));
    }

    /** A head; the target is a method and a path. */
    private static String text(String target, String contentType, String... headers) {
        StringBuilder head = new StringBuilder(target + " HTTP/1.1\r\nHost: localhost\r\n");
        head.append("Content-Type: ").append(contentType).append("\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    /**
     * Writes what comes next.
     *
     * @param text in UTF-8
     * @return this
     * @throws IOException if the connection is over
     */
    public RawConnection write(String text) throws IOException {
        return write(text.getBytes(UTF_8));
    }

    /**
     * Writes what comes next.
     *
     * @param bytes what it is
     * @return this
     * @throws IOException if the connection is over
     */
    public RawConnection write(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
        return this;
    }

    /**
     * Reads one answer, by its Content-Length if it has a body.
     *
     * @return the answer
     * @throws IOException if the connection ends before it does
     */
    public Response response() throws IOException {
        String head = readHead();
        int length = 0;
        for (String line : head.lines().toList()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(
                        line.substring("content-length:".length()).strip());
            }
        }
        return new Response(head, new String(in.readNBytes(length), UTF_8));
    }

    /** {@return whether the server ends the connection, rather than waiting for more} */
    public boolean endsByServer() {
        try {
            return in.read() == -1;
        } catch (SocketTimeoutException waiting) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    private String readHead() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next == -1) {
                throw new IOException("the connection ended after: " + head.toString(ISO_8859_1));
            }
            head.write(next);
        }
        return head.toString(ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /**
     * One answer.
     *
     * @param head with all its lines
     * @param body in UTF-8
     */
    public record Response(String head, String body) {

        /** {@return the status code} */
        public int status() {
            return Integer.parseInt(head.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
        }
    }
}
