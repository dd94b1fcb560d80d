package io.imagegate.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The queue before standard error, whose reader may stop. */
class LogQueueTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Blocks each writer until it is opened, as a full pipe does. */
    private static final class Stalled extends OutputStream {

        private final CountDownLatch opened = new CountDownLatch(1);
        private final AtomicInteger writers = new AtomicInteger();
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            writers.incrementAndGet();
            try {
                opened.await();
            } catch (InterruptedException ended) {
                throw new IOException(ended);
            }
            written.write(bytes, offset, length);
        }
    }

    @Test
    void linesAreWrittenInOrder() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LogQueue queue = new LogQueue(out);
        queue.start(() -> {});
        queue.add("first");
        queue.add("second");

        assertThat(queue.flush(PATIENCE)).isTrue();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("first\nsecond\n");
        assertThat(queue.lost()).isZero();
    }

    @Test
    void aStalledReaderCostsLinesAndBlocksNobody() {
        Stalled out = new Stalled();
        LogQueue queue = new LogQueue(out);
        queue.start(() -> {});
        for (int i = 0; i < 3 * LogQueue.MAX_LINES; i++) {
            queue.add("line " + i);
        }

        // The thread that writes may have taken any number of lines, up to all that were there, once.
        assertThat(queue.lost()).isBetween((long) LogQueue.MAX_LINES, 2L * LogQueue.MAX_LINES);
        assertThat(queue.flush(Duration.ofMillis(1))).isFalse();
        out.opened.countDown();
        assertThat(queue.flush(PATIENCE)).isTrue();
        assertThat(out.written.toString(StandardCharsets.UTF_8).lines())
                .hasSize((int) (3 * LogQueue.MAX_LINES - queue.lost()))
                .startsWith("line 0", "line 1");
    }

    @Test
    void oneThreadWritesHoweverOftenItIsStarted() {
        Stalled out = new Stalled();
        LogQueue queue = new LogQueue(out);
        queue.start(() -> {});
        queue.start(() -> {});
        queue.add("first");
        while (out.writers.get() == 0) {
            Thread.onSpinWait();
        }
        queue.add("second");

        assertThat(queue.flush(Duration.ofMillis(50))).isFalse();
        assertThat(out.writers).hasValue(1);
        out.opened.countDown();
        assertThat(queue.flush(PATIENCE)).isTrue();
    }

    @Test
    void bytesAreBoundedToo() {
        LogQueue queue = new LogQueue(new ByteArrayOutputStream());
        queue.add("x".repeat(LogQueue.MAX_BYTES / 2));
        queue.add("x".repeat(LogQueue.MAX_BYTES / 2));
        queue.add("short");

        assertThat(queue.lost()).isEqualTo(1);
        queue.start(() -> {});
        assertThat(queue.flush(PATIENCE)).isTrue();
        queue.add("x".repeat(LogQueue.MAX_BYTES / 2));
        assertThat(queue.lost()).isEqualTo(1);
    }

    @Test
    void linesThatArriveWithinTheSameMomentAreWrittenTogether() {
        List<Integer> writes = new CopyOnWriteArrayList<>();
        LogQueue queue = new LogQueue(new OutputStream() {
            @Override
            public void write(int b) {
                writes.add(1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                writes.add(length);
            }
        });
        IntStream.range(0, 100).forEach(i -> queue.add("line"));
        queue.start(() -> {});

        assertThat(queue.flush(PATIENCE)).isTrue();
        assertThat(writes).containsExactly(100 * "line\n".length());
    }

    @Test
    void whatCannotBeWrittenIsCounted() {
        LogQueue queue = new LogQueue(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        });
        queue.start(() -> {});
        queue.add("a line");

        assertThat(queue.flush(PATIENCE)).isTrue();
        assertThat(queue.lost()).isEqualTo(1);
    }
}
