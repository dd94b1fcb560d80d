package io.imagegate.cli.attack;

import static io.imagegate.server.Http2Frames.DATA;
import static io.imagegate.server.Http2Frames.END_HEADERS;
import static io.imagegate.server.Http2Frames.END_STREAM;
import static io.imagegate.server.Http2Frames.GO_AWAY;
import static io.imagegate.server.Http2Frames.HEADERS;
import static io.imagegate.server.Http2Frames.RESET;
import static io.imagegate.server.Http2Frames.SETTINGS;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.server.Http2Frames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLSocket;

/**
 * One connection of HTTP/2 over which many threads ask at once, as many as the server allows. It opens no second
 * connection and tries nothing again, so that a review that is lost is seen.
 */
final class ReviewConnection implements AutoCloseable {

    private static final int WINDOW_UPDATE = 8;
    private static final int MAX_CONCURRENT_STREAMS = 3;
    private static final int SETTING_BYTES = 6;
    private static final int INITIAL_WINDOW = 65_535;
    private static final int MANY = 1_000;
    private static final int PATIENCE_SECONDS = 10;
    private static final byte[] HEAD = Http2Frames.head("/image_policy");

    private final Http2Frames frames;
    private final Semaphore streams = new Semaphore(0);
    private final Semaphore window = new Semaphore(INITIAL_WINDOW);
    private final Map<Integer, CompletableFuture<String>> answers = new ConcurrentHashMap<>();
    private final Map<Integer, StringBuilder> bodies = new ConcurrentHashMap<>();
    private volatile String ended = "";
    private int next = 1;

    /** Takes a socket that is connected, and no handshake was made on. */
    ReviewConnection(SSLSocket socket) throws IOException {
        frames = new Http2Frames(socket);
        int most = Integer.MAX_VALUE - INITIAL_WINDOW;
        frames.write(Http2Frames.frame(WINDOW_UPDATE, 0, 0, bytes(most)));
        Thread reader = new Thread(this::read, "reader of reviews");
        reader.setDaemon(true);
        reader.start();
    }

    private static byte[] bytes(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    /** Waits for a stream and returns the body of the answer. */
    String ask(Review review) throws IOException, InterruptedException {
        byte[] body = review.body();
        if (!streams.tryAcquire(2 * PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("no stream became free");
        }
        try {
            if (!ended.isEmpty()) {
                throw new IOException(ended);
            }
            if (!window.tryAcquire(body.length, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("the connection's window stays closed");
            }
            return begin(body).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new IOException("no answer within " + PATIENCE_SECONDS + " s", late);
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause());
        } finally {
            streams.release();
        }
    }

    private synchronized CompletableFuture<String> begin(byte[] body) throws IOException {
        int stream = next;
        next += 2;
        CompletableFuture<String> answer = new CompletableFuture<>();
        answers.put(stream, answer);
        frames.write(Http2Frames.frame(HEADERS, END_HEADERS, stream, HEAD));
        frames.write(Http2Frames.frame(DATA, END_STREAM, stream, body));
        return answer;
    }

    private void read() {
        try {
            for (Http2Frames.Frame frame = frames.read(); !frame.isEnd(); frame = frames.read()) {
                take(frame);
            }
            endAll("the connection was closed");
        } catch (IOException | UncheckedIOException failed) {
            endAll(failed.toString());
        }
    }

    private void take(Http2Frames.Frame frame) throws IOException {
        int stream = frame.stream();
        ByteBuffer payload = frame.payload();
        switch (frame.type()) {
            case SETTINGS -> takeSettings(frame);
            case WINDOW_UPDATE -> window.release(stream == 0 ? payload.getInt() : 0);
            case DATA ->
                bodies.computeIfAbsent(stream, any -> new StringBuilder()).append(UTF_8.decode(payload));
            case RESET -> end(stream, "RST_STREAM " + payload.getInt());
            case GO_AWAY -> endAll("GOAWAY " + payload.getInt(Integer.BYTES));
            default -> {}
        }
        if ((frame.type() == DATA || frame.type() == HEADERS) && (frame.flags() & END_STREAM) != 0) {
            CompletableFuture<String> answer = answers.remove(stream);
            StringBuilder body = bodies.remove(stream);
            if (answer != null) {
                answer.complete(body == null ? "no body" : body.toString());
            }
        }
    }

    private void takeSettings(Http2Frames.Frame frame) throws IOException {
        if ((frame.flags() & 1) != 0) {
            return;
        }
        ByteBuffer payload = frame.payload();
        for (; payload.remaining() >= SETTING_BYTES; ) {
            int id = payload.getShort();
            int value = payload.getInt();
            if (id == MAX_CONCURRENT_STREAMS) {
                streams.release(value);
            }
        }
    }

    private void end(int stream, String why) {
        CompletableFuture<String> answer = answers.remove(stream);
        if (answer != null) {
            answer.completeExceptionally(new IOException(why));
        }
    }

    private void endAll(String why) {
        ended = why;
        answers.keySet().forEach(stream -> end(stream, why));
        // Whoever waits for a stream waits in vain.
        streams.release(MANY);
    }

    @Override
    public void close() throws IOException {
        frames.close();
    }
}
