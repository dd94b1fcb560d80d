package io.imagegate.cli.attack;

import static io.imagegate.server.Http2Frames.DATA;
import static io.imagegate.server.Http2Frames.END_HEADERS;
import static io.imagegate.server.Http2Frames.END_STREAM;
import static io.imagegate.server.Http2Frames.HEADERS;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.imagegate.server.Http2Frames;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Clients that would hold the memory for bodies. */
final class BodyAttacks {

    private static final String REVIEW = "POST /image_policy";
    private static final int TRICKLES = 3;
    private static final int PACE_MILLIS = 500;
    private static final int PIECE = 16_384;
    private static final byte[] LARGEST = Http2Frames.head("/image_policy", "content-length", "8000000");
    private static final byte[] WITHOUT_LENGTH = Http2Frames.head("/image_policy");

    private BodyAttacks() {}

    static Map<String, Attack> all() {
        Map<String, Attack> all = new LinkedHashMap<>();
        all.put("three trickles, chunked", a -> trickle(a, Http1Attacks.chunked(REVIEW, ""), "1\r\n \r\n"));
        all.put("three trickles of 8 MB", a -> trickle(a, announced(), " "));
        all.put("three trickles, HTTP/2", BodyAttacks::trickleStreams);
        all.put("zero window, HTTP/2", BodyAttacks::zeroWindow);
        all.put("clients that close, chunked", a -> leave(a, Http1Attacks.chunked(REVIEW, "1\r\n \r\n")));
        all.put("clients that close, 8 MB", a -> leave(a, announced()));
        all.put("clients that close, HTTP/2", BodyAttacks::leaveStreams);
        return all;
    }

    private static byte[] announced() {
        return (Http1Attacks.head(REVIEW) + "Content-Length: 8000000\r\n\r\n").getBytes(US_ASCII);
    }

    private static void trickle(Adversary adversary, byte[] head, String drop)
            throws IOException, InterruptedException {
        List<OutputStream> outs = new ArrayList<>();
        for (int i = 0; i < TRICKLES; i++) {
            Socket socket = adversary.apiserver();
            socket.getOutputStream().write(head);
            Adversary.discardAnswers(socket);
            outs.add(socket.getOutputStream());
        }
        while (!adversary.isOver()) {
            for (OutputStream out : outs) {
                out.write(drop.getBytes(US_ASCII));
                adversary.sent(drop.length(), 1);
            }
            adversary.pause(PACE_MILLIS);
        }
    }

    private static void trickleStreams(Adversary adversary) throws IOException, InterruptedException {
        Http2Frames connection = adversary.http2(adversary.apiserver());
        for (int first = 1; !adversary.isOver(); first += 2 * TRICKLES) {
            for (int i = 0; i < TRICKLES; i++) {
                connection.write(Http2Frames.frame(HEADERS, END_HEADERS, first + 2 * i, WITHOUT_LENGTH));
            }
            for (int drop = 0; drop < 30 && !adversary.isOver(); drop++) {
                for (int i = 0; i < TRICKLES; i++) {
                    connection.write(Http2Frames.frame(DATA, 0, first + 2 * i, (byte) ' '));
                    adversary.sent(1, 1);
                }
                adversary.pause(PACE_MILLIS);
            }
        }
    }

    /** Complete reviews whose answers no window lets out. */
    private static void zeroWindow(Adversary adversary) throws IOException, InterruptedException {
        Http2Frames connection = adversary.http2(adversary.apiserver());
        connection.takeNoAnswer();
        byte[] body = Review.LARGE.body();
        byte[] head = Http2Frames.head("/image_policy", "content-length", Integer.toString(body.length));
        for (int stream = 1; !adversary.isOver(); stream += 2) {
            connection.write(Http2Frames.frame(HEADERS, END_HEADERS, stream, head));
            for (int from = 0; from < body.length; from += PIECE) {
                int to = Math.min(from + PIECE, body.length);
                int flags = to == body.length ? END_STREAM : 0;
                connection.write(Http2Frames.frame(DATA, flags, stream, Arrays.copyOfRange(body, from, to)));
                // The window for bodies opens again while the server reads.
                adversary.pause(PACE_MILLIS / 10);
            }
            adversary.sent(body.length, 1);
        }
    }

    private static void leave(Adversary adversary, byte[] start) throws IOException, InterruptedException {
        adversary.apiserver().getOutputStream().write(start);
        adversary.sent(start.length, 1);
        adversary.pause(5);
    }

    private static void leaveStreams(Adversary adversary) throws IOException, InterruptedException {
        Http2Frames connection = adversary.http2(adversary.apiserver());
        for (int stream = 1; stream < 2 * TRICKLES; stream += 2) {
            connection.write(Http2Frames.frame(HEADERS, END_HEADERS, stream, LARGEST));
            connection.write(Http2Frames.frame(DATA, 0, stream, new byte[1_000]));
            adversary.sent(1_000, 1);
        }
        adversary.pause(5);
    }
}
