package io.imagegate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Which threads decide when look-ups have ended. */
@Isolated("It counts threads.")
class DecisionThreadsTest {

    private static final Duration LIMIT = Duration.ofMillis(300);

    private final Set<String> threads = ConcurrentHashMap.newKeySet();
    private final AtomicInteger deciding = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final CountDownLatch meeting = new CountDownLatch(2);

    private ImageGate gate(FactSource source, Rule rule) {
        PolicySet policies =
                PolicySet.of(Policy.builder("p").rule("digest", rule).build());
        return ImageGate.of(() -> policies, source);
    }

    /** Waits, once the fact was looked up, until two decisions are made at the same time. */
    private Finding meet(Fact<?> digest) {
        return digest.state() == Fact.State.PENDING ? Finding.of(digest, known -> Finding.satisfied()) : met();
    }

    private Finding met() {
        threads.add(Thread.currentThread().getName());
        most.accumulateAndGet(deciding.incrementAndGet(), Math::max);
        meeting.countDown();
        try {
            return meeting.await(60, TimeUnit.SECONDS) ? Finding.satisfied() : Finding.violation("decided alone");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            deciding.decrementAndGet();
        }
    }

    @Test
    @DisplayName("a thousand reviews that reach their deadline together are not decided one after another")
    void together() {
        ImageGate gate = gate(
                (needs, limit) -> new CompletableFuture<>(),
                image -> meet(image.facts().digest()));
        List<CompletableFuture<Decision>> decisions = IntStream.range(0, 1_000)
                .mapToObj(i -> gate.decideAsync(ImageReview.of("a:" + i), LIMIT))
                .toList();
        assertThat(decisions).allMatch(decision -> decision.join().allowed());
        assertThat(threads).allMatch(name -> name.startsWith("imagegate-decision-"));
        assertThat(most.get()).isBetween(2, 8);
    }

    @Test
    @DisplayName("facts that are there at once are judged on the thread that asks")
    void atOnce() {
        meeting.countDown();
        FactSource source = (needs, limit) -> CompletableFuture.completedFuture(Map.of(
                needs.keySet().iterator().next(), ImageFacts.at(Instant.EPOCH).with(Need.DIGEST, Fact.absent("gone"))));
        CompletableFuture<Decision> decision =
                gate(source, image -> meet(image.facts().digest())).decideAsync(ImageReview.of("a:1"), LIMIT);
        assertThat(decision).isCompletedWithValueMatching(Decision::allowed);
        assertThat(threads).containsExactly(Thread.currentThread().getName());
    }

    @Test
    @DisplayName("threads do not keep the context class loader of the web application that started them")
    void context() {
        Set<ClassLoader> loaders = ConcurrentHashMap.newKeySet();
        ImageGate gate = gate((needs, limit) -> new CompletableFuture<>(), image -> {
            loaders.add(Thread.currentThread().getContextClassLoader());
            return Finding.of(image.facts().digest(), known -> Finding.satisfied());
        });
        gate.decide(ImageReview.of("a:1"), LIMIT);
        assertThat(loaders)
                .containsExactlyInAnyOrder(
                        Thread.currentThread().getContextClassLoader(), ClassLoader.getPlatformClassLoader());
    }

    @Tag("slow")
    @Test
    @DisplayName("idle threads end, so that they keep no class loader")
    void idle() throws Exception {
        meeting.countDown();
        assertThat(gate(
                                (needs, limit) -> new CompletableFuture<>(),
                                image -> meet(image.facts().digest()))
                        .decide(ImageReview.of("a:1"), LIMIT)
                        .allowed())
                .isTrue();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (running() > 0 && System.nanoTime() < end) {
            Thread.sleep(100);
        }
        assertThat(running()).isZero();
    }

    private static long running() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("imagegate-decision-"))
                .count();
    }
}
