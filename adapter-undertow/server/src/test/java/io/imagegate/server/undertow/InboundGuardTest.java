package io.imagegate.server.undertow;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.server.limit.ConnectionLimits;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Xnio;
import org.xnio.XnioWorker;
import org.xnio.conduits.StreamSourceConduit;

/** When a connection leaves its thread to others. */
class InboundGuardTest {

    private static final long MILLISECOND = Duration.ofMillis(1).toNanos();

    @SuppressWarnings("NullAway.Init")
    private XnioWorker worker;

    private long now = 1;
    private int arriving;
    private int suspended;

    private final InboundGuard guard = new InboundGuard(
            (StreamSourceConduit) Proxy.newProxyInstance(
                    StreamSourceConduit.class.getClassLoader(),
                    new Class<?>[] {StreamSourceConduit.class},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "read" -> read((ByteBuffer) arguments[0]);
                        case "isReadResumed" -> true;
                        case "suspendReads" -> {
                            suspended++;
                            yield null;
                        }
                        case "getReadThread" -> worker.getIoThread();
                        default -> null;
                    }),
            new InboundGuard.Bounds(1_000, 1_000),
            () -> {},
            () -> now);

    @BeforeEach
    void startThread() throws IOException {
        worker = Xnio.getInstance()
                .createWorker(OptionMap.create(Options.WORKER_IO_THREADS, 1, Options.WORKER_TASK_MAX_THREADS, 1));
    }

    @AfterEach
    void endThread() throws InterruptedException {
        CountDownLatch paused = new CountDownLatch(1);
        worker.getIoThread().execute(paused::countDown);
        paused.await();
        worker.shutdownNow();
    }

    private int read(ByteBuffer buffer) {
        int count = Math.min(arriving, buffer.remaining());
        buffer.position(buffer.position() + count);
        arriving -= count;
        return count;
    }

    /** Time passes, some bytes arrive, and a reader that holds some of earlier reads reads. */
    private int read(int bytes, int held) throws IOException {
        now += MILLISECOND;
        arriving = bytes;
        return guard.read(ByteBuffer.allocate(100).position(held));
    }

    @Test
    void theLongestBodyIsAllowedWithItsHeadAndWhatFollowsTheAnswer() {
        ConnectionLimits limits = ConnectionLimits.DEFAULTS;
        assertThat(InboundGuard.Bounds.of(limits, Integer.MAX_VALUE - 1).requestBytes())
                .isEqualTo((64L << 20) + limits.headerBytes() + Integer.MAX_VALUE - 1);
    }

    @Test
    void aReaderThatHasFramesLeftIsStillInItsTurn() throws IOException {
        assertThat(read(10, 0)).isEqualTo(10);
        for (int held = 9; held > 5; held--) {
            assertThat(read(0, held)).isZero();
            assertThat(suspended).isZero();
        }
        assertThat(read(0, 5)).isZero();
        assertThat(suspended).isOne();
    }

    @Test
    void aReaderThatIsBusyForItsTurnPauses() throws IOException {
        for (int turn = 0; turn < 5; turn++) {
            assertThat(read(10, 0)).isEqualTo(10);
            assertThat(suspended).isZero();
        }
        assertThat(read(10, 0)).isEqualTo(10);
        assertThat(suspended).isOne();
    }

    @Test
    void aReaderThatHasNothingLeftEndsItsTurn() throws IOException {
        for (int turn = 0; turn < 20; turn++) {
            assertThat(read(10, 0)).isEqualTo(10);
            assertThat(read(0, 0)).isZero();
        }
        assertThat(suspended).isZero();
    }
}
