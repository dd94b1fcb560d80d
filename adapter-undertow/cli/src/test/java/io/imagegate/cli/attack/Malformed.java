package io.imagegate.cli.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.imagegate.server.Http2Frames;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Map;

/** Requests that are not HTTP; each is to be refused, its connection closed, and no stack trace logged. */
final class Malformed implements Attack {

    /** Headers of HTTP/1.1 by what is wrong with them. */
    static final Map<String, String> HEADERS = Map.of(
            "Content-Length beyond 64 bits", "Content-Length: 18446744073709551770",
            "negative Content-Length", "Content-Length: -1",
            "Transfer-Encoding without meaning", "Transfer-Encoding: xchunked",
            "both kinds of length", "Content-Length: 5\r\nTransfer-Encoding: chunked");

    private static final int PATIENCE_MILLIS = 1_000;

    /** Types of the frames that tell what became of a stream. */
    private static final List<Integer> ENDS = List.of(Http2Frames.HEADERS, Http2Frames.RESET, Http2Frames.GO_AWAY);

    @Override
    public void run(Adversary adversary) throws IOException {
        for (String header : HEADERS.values()) {
            Socket socket = adversary.apiserver();
            socket.setSoTimeout(PATIENCE_MILLIS);
            refused(socket, header);
            adversary.sent(header.length(), 1);
        }
        newline(adversary);
        adversary.sent(1, 1);
    }

    /** What a server answers to this header until it closes the connection. */
    static String refused(Socket socket, String header) throws IOException {
        String request = Http1Attacks.head("POST /image_policy") + header + "\r\n\r\n0\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(US_ASCII));
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }

    /** How a server ends a stream whose header name has a newline. */
    static Http2Frames.Frame newline(Adversary adversary) throws IOException {
        Http2Frames connection = new Http2Frames(adversary.apiserver());
        byte[] head = Http2Frames.head("/image_policy", "x\ny", "1");
        connection.write(Http2Frames.frame(Http2Frames.HEADERS, Http2Frames.END_HEADERS, 1, head));
        Http2Frames.Frame frame = connection.read();
        while (!frame.isEnd() && !ENDS.contains(frame.type())) {
            frame = connection.read();
        }
        return frame;
    }
}
