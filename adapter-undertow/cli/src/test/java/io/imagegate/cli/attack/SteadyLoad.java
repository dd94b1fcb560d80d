package io.imagegate.cli.attack;

import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.xnio.IoUtils;

/** Well-behaved clients that together ask so many reviews a second, over connections of HTTP/2 that they keep. */
final class SteadyLoad {

    private static final int CLIENTS = 16;
    private static final int PATIENCE_MILLIS = 60_000;

    private final AttackedServer server;
    private final Credentials credentials;
    private final long pauseNanos;
    private final Tally tally = new Tally();
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    SteadyLoad(AttackedServer server, Credentials credentials, double perSecond) {
        this.server = server;
        this.credentials = credentials;
        this.pauseNanos = (long) (CLIENTS * 1e9 / perSecond);
        for (int i = 0; i < CLIENTS; i++) {
            Thread thread = new Thread(this::ask, "steady client " + i);
            threads.add(thread);
            thread.start();
        }
    }

    private void ask() {
        try (Adversary sockets = new Adversary(server, credentials)) {
            List<ReviewConnection> mine = new ArrayList<>(1);
            long next = System.nanoTime();
            for (int n = 0; !isOver(next - System.nanoTime()); n++) {
                Review review = n % 2 == 0 ? Review.ALLOWED : Review.DENIED;
                boolean answered = tally.note("steady", review, () -> {
                    if (mine.isEmpty()) {
                        Socket plain = sockets.plain();
                        // Otherwise a body waits for the acknowledgement of its head, which the other side delays by 40
                        // ms.
                        plain.setTcpNoDelay(true);
                        mine.add(new ReviewConnection(sockets.apiserver(plain)));
                    }
                    return mine.get(0).ask(review);
                });
                if (!answered) {
                    mine.forEach(IoUtils::safeClose);
                    mine.clear();
                }
                next = Math.max(next + pauseNanos, System.nanoTime() - TimeUnit.SECONDS.toNanos(1));
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isOver(long nanos) throws InterruptedException {
        return over.await(nanos, TimeUnit.NANOSECONDS);
    }

    Tally tally() {
        return tally;
    }

    /** Waits until what was asked is answered. */
    void stop() throws InterruptedException {
        over.countDown();
        for (Thread thread : threads) {
            thread.join(PATIENCE_MILLIS);
        }
    }
}
