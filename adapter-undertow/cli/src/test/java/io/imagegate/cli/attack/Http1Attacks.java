package io.imagegate.cli.attack;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.Map;

/** Requests of HTTP/1.1 that do not end. */
final class Http1Attacks {

    private static final String REVIEW = "POST /image_policy";
    private static final byte[] NO_LINE_END = "y".repeat(16 << 10).getBytes(US_ASCII);
    private static final int ITEMS = 1_000;
    private static final byte[] EXTENDED_CHUNKS = "1;a=b\r\n \r\n".repeat(ITEMS).getBytes(US_ASCII);

    private Http1Attacks() {}

    static Map<String, Attack> all() {
        Map<String, Attack> all = new LinkedHashMap<>();
        all.put("endless trailer, review path", a -> trailer(a, a.apiserver(), REVIEW));
        all.put("endless trailer, unknown path", a -> trailer(a, a.apiserver(), "POST /nowhere"));
        all.put("endless trailer, wrong name", a -> trailer(a, a.stranger(), REVIEW));
        all.put("endless trailer, management port", a -> trailer(a, a.management(), "GET /livez"));
        all.put("endless chunk extension", a -> send(a, "1;", NO_LINE_END, 0));
        all.put("extension of every chunk", a -> send(a, "", EXTENDED_CHUNKS, ITEMS));
        return all;
    }

    private static void trailer(Adversary adversary, Socket socket, String target) throws IOException {
        Adversary.discardAnswers(socket);
        OutputStream out = socket.getOutputStream();
        out.write(chunked(target, "5\r\nhello\r\n0\r\nX: "));
        adversary.flood(out, NO_LINE_END, 0);
    }

    private static void send(Adversary adversary, String start, byte[] more, int items) throws IOException {
        Socket socket = adversary.apiserver();
        Adversary.discardAnswers(socket);
        socket.getOutputStream().write(chunked(REVIEW, start));
        adversary.flood(socket.getOutputStream(), more, items);
    }

    /** The start of a request with a chunked body. */
    static byte[] chunked(String target, String start) {
        return (head(target) + "Transfer-Encoding: chunked\r\n\r\n" + start).getBytes(US_ASCII);
    }

    /** The first lines of a request. */
    static String head(String target) {
        return target + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    }
}
