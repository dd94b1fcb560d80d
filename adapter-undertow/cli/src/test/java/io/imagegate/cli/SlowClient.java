package io.imagegate.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;

/** A client that sends a byte a second, for as long as the server lets it. */
final class SlowClient implements AutoCloseable {

    private static final int PACE_MILLIS = 1_000;

    private final Socket socket;
    private final CompletableFuture<String> end;

    private SlowClient(Socket socket, byte[] bytes, ExecutorService threads) {
        this.socket = socket;
        this.end = CompletableFuture.supplyAsync(() -> dribble(bytes), threads);
    }

    /**
     * Starts to send.
     *
     * @param text of which it sends a byte a second; when there is no more, it waits
     */
    static SlowClient start(Socket socket, String text, ExecutorService threads) {
        return new SlowClient(socket, text.getBytes(StandardCharsets.ISO_8859_1), threads);
    }

    private String dribble(byte[] bytes) {
        StringBuilder answer = new StringBuilder();
        int sent = 0;
        try {
            socket.setSoTimeout(PACE_MILLIS);
            InputStream in = socket.getInputStream();
            while (true) {
                if (sent < bytes.length) {
                    socket.getOutputStream().write(bytes[sent++]);
                }
                try {
                    for (int next = in.read(); next >= 0; next = in.read()) {
                        answer.append((char) next);
                    }
                    return answer.toString();
                } catch (SocketTimeoutException nothingYet) {
                    // A second has passed.
                }
            }
        } catch (IOException reset) {
            return answer.toString();
        }
    }

    boolean isOver() {
        return end.isDone();
    }

    /** What the server sent before it ended the connection, which this waits for. */
    String answer() {
        return end.join();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
