package io.imagegate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.reference.GlobSet;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Rules;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Who may break the glass")
class BreakGlassUsersTest {

    private static final String CONTROLLER = "system:serviceaccount:kube-system:replicaset-controller";
    private static final BreakGlass GLASS = BreakGlass.of("break", "INC-*", GlobSet.of("prod"));
    private static final BreakGlass NAMED =
            GLASS.withUsers(GlobSet.of("alice", "system:*")).withGroups(GlobSet.of("sre-*"));
    private static final ImageReview LATEST = ImageReview.of("nginx").inNamespace("prod").toBuilder()
            .annotations(Map.of("break", "INC-1"))
            .build();

    private static Decision decide(BreakGlass glass, ImageReview review) {
        return Policy.builder("p")
                .rule("tag", Rules.fixedTag())
                .breakGlass(glass)
                .build()
                .decide(review);
    }

    @ParameterizedTest(name = "{0} of {1}, controlled: {2}")
    @CsvSource({
        "alice, dev, false, ",
        "bob, sre-eu, false, ",
        "bob, dev, false, user \"bob\" is none of those who may break the glass",
        "bob, , false, user \"bob\" is none of those who may break the glass",
        ", sre-eu, false, the user is not known",
        CONTROLLER + ", dev, true, ",
        CONTROLLER + ", dev, false, service account \"" + CONTROLLER
                + "\" may break the glass only for objects that a controller owns",
        "system:kube-controller-manager, dev, true, ",
        "system:kube-controller-manager, dev, false, service account \"system:kube-controller-manager\" may break the"
                + " glass only for objects that a controller owns",
        "system:admin, dev, false, ",
    })
    @DisplayName(
            "are named users, users of named groups, and controllers for what they own; else the denial says why not")
    void named(@Nullable String user, @Nullable String group, boolean controlled, @Nullable String refusal) {
        var review = LATEST.toBuilder().controlled(controlled);
        if (user != null) {
            review.user(user);
        }
        if (group != null) {
            review.groups(List.of("all", group));
        }
        Decision decision = decide(NAMED, review.build());
        assertThat(decision.allowed()).isEqualTo(refusal == null);
        if (refusal != null) {
            assertThat(decision.reason()).endsWith("; the break-glass annotation \"break\" does not count: " + refusal);
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"bob, sre-eu, true", "alice, dev, false"})
    @DisplayName("are users of named groups alone if no users are named")
    void groupsAlone(String user, String group, boolean allowed) {
        ImageReview review =
                LATEST.toBuilder().user(user).groups(List.of(group)).build();
        assertThat(decide(GLASS.withGroups(GlobSet.of("sre-*")), review).allowed())
                .isEqualTo(allowed);
        assertThat(decide(GLASS.withUsers(GlobSet.of("alice")), review).allowed())
                .isEqualTo(!allowed);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"DELETE", "CONNECT", "CREATE", "UPDATE"})
    @DisplayName("matters for requests that store the annotation, and these are denied once")
    void operations(String operation) {
        ImageReview review = LATEST.toBuilder().operation(operation).user("bob").build();
        boolean stores = operation.equals("CREATE") || operation.equals("UPDATE");
        Decision decision = decide(NAMED, review);
        assertThat(decision.violations())
                .extracting(Violation::rule)
                .containsExactlyElementsOf(stores ? List.of("break-glass", "tag") : List.of("tag"));
        assertThat(decision.reason().split("none of those who may", -1)).hasSize(2);
        assertThat(decide(GLASS, review).allowed()).isTrue();
    }

    @ParameterizedTest(name = "{0} after {1} in {2}: {3}")
    @CsvSource({
        "INC-1, , prod, true",
        "INC-2, INC-1, prod, true",
        "INC-1, no, prod, true",
        "INC-1, INC-1, prod, false",
        "no, INC-1, prod, false",
        "INC-1, , dev, false"
    })
    @DisplayName("matters where a value that counts is new")
    void added(String now, @Nullable String old, String namespace, boolean added) {
        ImageReview before = ImageReview.of("nginx").inNamespace(namespace).toBuilder()
                .annotations(old == null ? Map.of() : Map.of("break", old))
                .build();
        ImageReview update = before.toBuilder()
                .before(before)
                .imagesUnchanged(true)
                .operation("UPDATE")
                .user("bob")
                .annotations(Map.of("break", now))
                .build();
        assertThat(decide(NAMED, update).allowed()).isEqualTo(!added);
        assertThat(decide(NAMED, update.toBuilder().user("alice").build()).allowed())
                .isTrue();
    }
}
