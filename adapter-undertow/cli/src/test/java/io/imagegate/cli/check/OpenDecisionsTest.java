package io.imagegate.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.cli.check.report.Report;
import io.imagegate.cli.check.report.Result;
import io.imagegate.cli.check.report.Totals;
import io.imagegate.fact.Fact;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.rule.Rules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How check looks up the facts of many images. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OpenDecisionsTest {

    /** Answers only when it was asked for a number of images, the last one first. */
    private static final class Waiting implements FactSource {

        private final int expected;
        private final Map<ImageReference, CompletableFuture<Map<ImageReference, ImageFacts>>> open =
                new LinkedHashMap<>();
        private int most;

        Waiting(int expected) {
            this.expected = expected;
        }

        @Override
        public CompletableFuture<Map<ImageReference, ImageFacts>> find(
                Map<ImageReference, Set<Need<?>>> needs, Duration limit) {
            CompletableFuture<Map<ImageReference, ImageFacts>> answer = new CompletableFuture<>();
            needs.keySet().forEach(image -> open.put(image, answer));
            most = Math.max(most, open.size());
            if (open.size() >= expected) {
                List<ImageReference> images = new ArrayList<>(open.keySet());
                for (int i = images.size() - 1; i >= 0; i--) {
                    Objects.requireNonNull(open.remove(images.get(i))).complete(facts(images.get(i)));
                }
            }
            return answer;
        }

        static Map<ImageReference, ImageFacts> facts(ImageReference image) {
            boolean there = image.tag().orElse("").endsWith("0");
            Fact<Digest> digest =
                    there ? Fact.known(Digest.parse("sha256:" + "0".repeat(64))) : Fact.absent("it does not exist");
            return Map.of(image, ImageFacts.at(Instant.EPOCH).with(Need.DIGEST, digest));
        }
    }

    private final List<String> reported = new ArrayList<>();
    private final Report<Result> report = new Report<>() {
        @Override
        public void add(Result result) {
            reported.add(result.image());
        }

        @Override
        public void end(Totals totals) {
            reported.add(totals.images() + " images, " + totals.denied() + " denied");
        }
    };

    private Checker checker(FactSource source) {
        PolicySet policies =
                PolicySet.of(Policy.builder("p").rule("there", Rules.exists()).build());
        return new Checker(ImageGate.of(() -> policies, source), "default", report);
    }

    @Test
    void factsAreLookedUpSideBySideAndReportedInOrder() {
        Waiting source = new Waiting(20);
        Checker checker = checker(source);
        IntStream.range(0, 20).forEach(i -> checker.image("a:" + i));
        checker.end(false);
        assertThat(source.most).isEqualTo(20);
        assertThat(reported).hasSize(19).last().isEqualTo("20 images, 18 denied");
        assertThat(reported.subList(0, 18))
                .isEqualTo(IntStream.range(0, 20)
                        .filter(i -> i % 10 != 0)
                        .mapToObj(i -> "a:" + i)
                        .toList());
    }

    @Test
    void thereAreNeverMoreImagesThanRegistriesLetWait() {
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        FactSource slow = (needs, limit) -> {
            most.accumulateAndGet(open.incrementAndGet(), Math::max);
            return CompletableFuture.supplyAsync(
                    () -> {
                        open.decrementAndGet();
                        return Waiting.facts(needs.keySet().iterator().next());
                    },
                    CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS));
        };
        Checker checker = checker(slow);
        IntStream.range(0, 10 * OpenDecisions.MOST_IMAGES).forEach(i -> checker.image("a:" + i));
        checker.end(false);
        assertThat(most.get()).isLessThanOrEqualTo(OpenDecisions.MOST_IMAGES).isGreaterThan(1);
        assertThat(reported).last().isEqualTo("240 images, 216 denied");
    }
}
