package io.imagegate.bench;

import io.imagegate.document.PolicyDocuments;
import io.imagegate.policy.Decision;
import io.imagegate.policy.PolicySet;
import io.imagegate.review.ContainerType;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * A decision by a policy whose rules each have a scope of one team, by kind of scope, as their number grows. Reviews come from 64
 * teams in turn, and tell everything that an AdmissionReview tells. The policy is read from text, so versions of the library can be
 * compared that have some of these scopes.
 */
@State(Scope.Thread)
@Fork(1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ScopeBenchmark {

    /** The values of {@code scope}. */
    public static final List<String> KINDS =
            List.of("none", "namespaces", "images", "kinds", "labels", "users", "containers", "everything");

    private static final int TEAMS = 64;

    /** The scopes of one team; TEAM stands for its name. */
    private static final Map<String, String> SCOPES = Map.of(
            "namespaces", "namespaces: [TEAM, 'TEAM-*']",
            "images", "images: ['ghcr.io/TEAM/**']",
            "kinds", "namespaces: [TEAM], kinds: [Deployment.apps, Pod]",
            "labels", "labels: {team: TEAM}",
            "users", "users: ['system:serviceaccount:TEAM:*']",
            "containers", "containers: {types: [container], names: [TEAM]}",
            "everything",
                    "namespaces: [TEAM], kinds: [Pod], names: ['web-*'], labels: {team: TEAM}, operations: [CREATE],"
                            + " users: ['system:*'], groups: ['system:*'], containers: {types: [container], names: [TEAM]}");

    @Param({"10", "1000"})
    int rules;

    @Param({"none", "namespaces", "images", "kinds", "labels", "users", "containers", "everything"})
    String scope = "none";

    private PolicySet policies = PolicySet.unloaded("not set up");
    private final ImageReview[] reviews = new ImageReview[TEAMS];
    private int next;

    /** Makes policy and reviews, and checks that rules speak of each. */
    @Setup
    public void prepare() {
        policies = new PolicyDocuments().read("teams", policy());
        for (int i = 0; i < TEAMS; i++) {
            int team = i * rules / TEAMS;
            reviews[i] = review(team, ":1.17.1");
            Decision denial = policies.decide(review(team, ""));
            int expected = scope.equals("none") ? rules : 1;
            if (denial.violations().size() != expected
                    || !policies.decide(reviews[i]).allowed()) {
                throw new IllegalStateException(denial.toString());
            }
        }
    }

    private String policy() {
        StringBuilder text = new StringBuilder("apiVersion: imagegate.io/v1alpha1\nkind: ImagePolicy\n")
                .append("metadata: {name: teams}\nspec:\n  rules:\n");
        for (int i = 0; i < rules; i++) {
            text.append("    - {name: ").append(team(i)).append(", tag: {required: true, deny: [latest]}");
            if (!scope.equals("none")) {
                text.append(", match: {")
                        .append(Objects.requireNonNull(SCOPES.get(scope)).replace("TEAM", team(i)))
                        .append('}');
            }
            text.append("}\n");
        }
        return text.toString();
    }

    private static String team(int number) {
        return "team-" + number;
    }

    private static ImageReview review(int number, String tag) {
        String team = team(number);
        ReviewedImage image = ReviewedImage.of("ghcr.io/" + team + "/api" + tag, "spec.containers", 0)
                .withContainer(ContainerType.CONTAINER, team);
        return ImageReview.builder()
                .images(List.of(image))
                .namespace(team)
                .kind("Pod")
                .name("web-7d4b9c")
                .labels(Map.of("app", "web", "team", team))
                .operation("CREATE")
                .user("system:serviceaccount:" + team + ":deployer")
                .groups(List.of("system:serviceaccounts", "system:authenticated"))
                .build();
    }

    @Benchmark
    @Fork(2)
    public Decision decide() {
        next = (next + 1) % TEAMS;
        return policies.decide(reviews[next]);
    }
}
