package io.imagegate.bench;

import io.imagegate.policy.Decision;
import io.imagegate.policy.NamedRule;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicyBuilder;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.GlobSet;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Rules;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A decision by a policy whose rules are each for the namespaces of one team, as their number grows. Reviews come from 64
 * namespaces in turn.
 */
@State(Scope.Thread)
@Fork(1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PolicyBenchmark {

    private static final int NAMESPACES = 64;

    @Param({"10", "100", "1000"})
    int rules;

    private PolicySet policies = PolicySet.unloaded("not set up");
    private final ImageReview[] reviews = new ImageReview[NAMESPACES];
    private int next;

    /** Makes policy and reviews, and checks that one rule speaks of each. */
    @Setup
    public void prepare() {
        PolicyBuilder policy = Policy.builder("teams");
        for (int i = 0; i < rules; i++) {
            policy.rule(NamedRule.of("team-" + i, Rules.fixedTag())
                    .withScope(io.imagegate.rule.Scope.ofNamespaces(GlobSet.of("team-" + i, "team-" + i + "-*"))));
        }
        policies = PolicySet.of(policy.build());
        for (int i = 0; i < NAMESPACES; i++) {
            String namespace = "team-" + i * rules / NAMESPACES + (i % 2 == 0 ? "" : "-prod");
            reviews[i] = ImageReview.of("nginx:1.17.1").inNamespace(namespace);
            Decision denial = policies.decide(ImageReview.of("nginx").inNamespace(namespace));
            if (denial.violations().size() != 1 || !policies.decide(reviews[i]).allowed()) {
                throw new IllegalStateException(denial.toString());
            }
        }
    }

    @Benchmark
    @Fork(2)
    public Decision decide() {
        next = (next + 1) % NAMESPACES;
        return policies.decide(reviews[next]);
    }
}
