package io.imagegate.cli.attack;

import static io.imagegate.server.Http2Frames.DATA;
import static io.imagegate.server.Http2Frames.END_HEADERS;
import static io.imagegate.server.Http2Frames.END_STREAM;
import static io.imagegate.server.Http2Frames.HEADERS;
import static io.imagegate.server.Http2Frames.WINDOW_UPDATE;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.imagegate.server.Http2Frames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;

/** Clients that ask and take no answers. A connection that the server closes is opened again. */
enum UnreadAnswers {
    /** HTTP/2 with a window of no byte, over connections that are read. */
    CLOSED_WINDOW {
        @Override
        void ask(Adversary adversary, int reviews, CountDownLatch asked) throws IOException {
            Http2Frames connection = new Http2Frames(adversary.apiserver());
            connection.takeNoAnswer();
            connection.write(requests(reviews, Review.ALLOWED.body()));
            asked.countDown();
            while (!connection.read().isEnd()) {
                // There is nothing to do but to wait.
            }
        }
    },
    /** HTTP/2 with the widest window, over connections that are not read. */
    UNREAD_STREAMS {
        @Override
        void ask(Adversary adversary, int reviews, CountDownLatch asked) throws IOException, InterruptedException {
            Http2Frames connection = new Http2Frames(adversary.narrow());
            connection.takeEveryAnswer();
            connection.write(Http2Frames.frame(WINDOW_UPDATE, 0, 0, WIDEST));
            connection.write(requests(reviews, LONG_ANSWER));
            asked.countDown();
            while (true) {
                adversary.pause(PACE_MILLIS);
                connection.ping();
            }
        }
    },
    /** Pipelined requests of HTTP/1.1 over connections that are not read. */
    UNREAD_PIPELINE {
        @Override
        void ask(Adversary adversary, int reviews, CountDownLatch asked) throws IOException, InterruptedException {
            OutputStream out = adversary.narrow().getOutputStream();
            String head =
                    Http1Attacks.head("POST /image_policy") + "Content-Length: " + LONG_ANSWER.length + "\r\n\r\n";
            String request = head + new String(LONG_ANSWER, US_ASCII);
            out.write(request.repeat(reviews).getBytes(US_ASCII));
            asked.countDown();
            while (true) {
                adversary.pause(PACE_MILLIS);
                out.write(request.getBytes(US_ASCII));
            }
        }
    };

    private static final byte[] HEAD = Http2Frames.head("/image_policy");
    private static final byte[] WIDEST = {0x7f, (byte) 0xff, 0, 0};

    /** Its answer is as long as answers get: 4 KiB. */
    private static final byte[] LONG_ANSWER = Review.denied(50);

    private static final int PACE_MILLIS = 200;
    private static final int AGAIN_MILLIS = 1_000;

    /** Sends reviews over one connection until it ends; counts when they are sent. */
    abstract void ask(Adversary adversary, int reviews, CountDownLatch asked) throws IOException, InterruptedException;

    private static byte[] requests(int count, byte[] review) {
        ByteArrayOutputStream requests = new ByteArrayOutputStream();
        for (int stream = 1; stream < 2 * count; stream += 2) {
            requests.writeBytes(Http2Frames.frame(HEADERS, END_HEADERS, stream, HEAD));
            requests.writeBytes(Http2Frames.frame(DATA, END_STREAM, stream, review));
        }
        return requests.toByteArray();
    }

    /** Begins an attack over so many connections, with so many reviews each; done when all have sent theirs. */
    CountDownLatch begin(Adversary adversary, int connections, int reviews) {
        CountDownLatch asked = new CountDownLatch(connections);
        for (int i = 0; i < connections; i++) {
            Thread client = new Thread(() -> repeat(adversary, reviews, asked), "client that takes no answers");
            client.setDaemon(true);
            client.start();
        }
        return asked;
    }

    private void repeat(Adversary adversary, int reviews, CountDownLatch asked) {
        try {
            while (!adversary.isOver()) {
                try {
                    ask(adversary, reviews, asked);
                } catch (IOException closed) {
                    // Another follows.
                }
                adversary.pause(AGAIN_MILLIS);
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }
}
