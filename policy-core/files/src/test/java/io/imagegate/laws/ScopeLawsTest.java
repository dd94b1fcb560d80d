package io.imagegate.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.policy.Decision;
import io.imagegate.policy.Exemption;
import io.imagegate.policy.NamedRule;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicyBuilder;
import io.imagegate.reference.GlobSet;
import io.imagegate.reference.PatternSet;
import io.imagegate.review.ContainerType;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ImageReviewBuilder;
import io.imagegate.review.ReviewedImage;
import io.imagegate.rule.Criterion;
import io.imagegate.rule.RequestProperty;
import io.imagegate.rule.Rule;
import io.imagegate.rule.Rules;
import io.imagegate.rule.Scope;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** Laws of scopes, over rules, conditions inside of rules, and exceptions. */
class ScopeLawsTest {

    private static final List<String> VALUES = List.of("a", "b", "ab");

    private static final String KEY = "k.image-policy.k8s.io/a";

    record Told(
            String namespace,
            String kind,
            String name,
            Map<String, String> labels,
            Map<String, String> annotations,
            String operation,
            String user,
            List<String> groups,
            ContainerType type,
            String container,
            String image) {

        ImageReview without(Set<RequestProperty> withheld, boolean withoutNamespace) {
            ImageReviewBuilder review = ImageReview.builder();
            boolean hasType = !withheld.contains(RequestProperty.CONTAINER_TYPE);
            boolean hasName = !withheld.contains(RequestProperty.CONTAINER_NAME);
            review.images(List.of(ReviewedImage.of(image, "containers", 0)
                    .withContainer(hasType ? type : null, hasName ? container : null)));
            if (!withoutNamespace) {
                review.namespace(namespace);
            }
            for (RequestProperty property : RequestProperty.values()) {
                if (!withheld.contains(property)) {
                    tell(review, property);
                }
            }
            return review.build();
        }

        private void tell(ImageReviewBuilder review, RequestProperty property) {
            switch (property) {
                case KIND -> review.kind(kind);
                case NAME -> review.name(name);
                case LABEL -> review.labels(labels);
                case ANNOTATION -> review.annotations(annotations);
                case OPERATION -> review.operation(operation);
                case USER -> review.user(user);
                case GROUP -> review.groups(groups);
                case CONTAINER_TYPE, CONTAINER_NAME -> {
                    // Images have them.
                }
            }
        }
    }

    private static Arbitrary<String> value() {
        return Arbitraries.of(VALUES);
    }

    private static Arbitrary<GlobSet> globs() {
        return Arbitraries.of("a", "b", "a*", "*", "?")
                .list()
                .ofMinSize(1)
                .ofMaxSize(2)
                .map(GlobSet::of);
    }

    private static Arbitrary<Criterion> criterion() {
        return Combinators.combine(Arbitraries.of(RequestProperty.class), globs(), Arbitraries.of(KEY, "b"))
                .as((property, values, key) -> switch (property) {
                    case LABEL -> Criterion.label(key, values);
                    case ANNOTATION -> Criterion.annotation(key, values);
                    case CONTAINER_TYPE -> Criterion.of(property, GlobSet.of("init"));
                    default -> Criterion.of(property, values);
                });
    }

    private static Arbitrary<Criterion[]> criteria(int least) {
        return criterion().array(Criterion[].class).ofMinSize(least).ofMaxSize(2);
    }

    private static Arbitrary<Scope> scope() {
        return Combinators.combine(
                        criteria(0),
                        criteria(1),
                        globs(),
                        Arbitraries.integers().between(0, 15))
                .as((with, without, namespaces, parts) -> {
                    Scope scope = Scope.EVERYTHING.with(with);
                    scope = (parts & 1) == 0 ? scope : scope.without(without);
                    scope = (parts & 2) == 0 ? scope : scope.withNamespaces(namespaces);
                    scope = (parts & 4) == 0 ? scope : scope.withExceptNamespaces(namespaces);
                    return (parts & 8) == 0 ? scope : scope.withImages(PatternSet.of("a"));
                });
    }

    private static Arbitrary<Rule> rule() {
        Arbitrary<Rule> simple =
                Arbitraries.of(Rules.deny("a"), Rules.deny("b"), Rules.allow("a"), Rules.tagRequired());
        Arbitrary<Rule> scoped = Combinators.combine(scope(), simple).as(Rules::within);
        return Arbitraries.oneOf(
                simple,
                scoped,
                Combinators.combine(scoped, scoped).as((one, other) -> Rules.anyOf(one, other)),
                Combinators.combine(scoped, simple).as((one, other) -> Rules.allOf(one, Rules.not(other))),
                scoped.map(Rules::not));
    }

    @Provide
    Arbitrary<Policy> policies() {
        Arbitrary<NamedRule> rules = Combinators.combine(scope(), rule())
                .as((scope, rule) -> NamedRule.of("r", rule).withScope(scope));
        Arbitrary<Exemption> exemptions = scope().map(scope -> Exemption.of(List.of("r"), "x", LocalDate.MAX)
                .withScope(scope.isChosenByAuthor() ? scope.withImages(PatternSet.of("b")) : scope));
        return Combinators.combine(rules, exemptions.list().ofMaxSize(2)).as((rule, exceptions) -> {
            PolicyBuilder policy = Policy.builder("p").rule(rule);
            exceptions.forEach(policy::exempt);
            return policy.build();
        });
    }

    @Provide
    Arbitrary<Told> requests() {
        Arbitrary<Map<String, String>> maps = Arbitraries.maps(Arbitraries.of(KEY, "b"), value());
        return Combinators.combine(
                        Combinators.combine(value(), value(), value(), maps)
                                .as((namespace, kind, name, labels) -> List.of(namespace, kind, name, labels)),
                        maps,
                        Arbitraries.of("a", "b"),
                        value(),
                        value().list().ofMaxSize(2),
                        Arbitraries.of(ContainerType.class),
                        value(),
                        Arbitraries.of("a", "b"))
                .as((first, annotations, operation, user, groups, type, container, image) ->
                        told(first, annotations, operation, user, groups, type, container, image));
    }

    @SuppressWarnings("unchecked")
    private static Told told(
            List<Object> first,
            Map<String, String> annotations,
            String operation,
            String user,
            List<String> groups,
            ContainerType type,
            String container,
            String image) {
        return new Told(
                (String) first.get(0),
                (String) first.get(1),
                (String) first.get(2),
                (Map<String, String>) first.get(3),
                annotations,
                operation,
                user,
                groups,
                type,
                container,
                image);
    }

    @Property(tries = 5_000)
    void tellingLessNeverTurnsADenialIntoAnAllowance(
            @ForAll("policies") Policy policy,
            @ForAll("requests") Told request,
            @ForAll Set<RequestProperty> withheld,
            @ForAll boolean withoutNamespace) {
        assertStricter(
                policy.decide(request.without(Set.of(), false)),
                policy.decide(request.without(withheld, withoutNamespace)));
    }

    @Property(tries = 5_000)
    void anImageReviewNeverAllowsWhatAnAdmissionReviewDenies(
            @ForAll("policies") Policy policy, @ForAll("requests") Told request) {
        ImageReview some = ImageReview.of(request.image()).inNamespace(request.namespace()).toBuilder()
                .kind(request.kind())
                .imagePolicyAnnotations(
                        request.annotations().containsKey(KEY)
                                ? Map.of(
                                        KEY,
                                        String.valueOf(request.annotations().get(KEY)))
                                : Map.of())
                .build();
        assertStricter(policy.decide(request.without(Set.of(), false)), policy.decide(some));
    }

    private static void assertStricter(Decision more, Decision less) {
        Statistics.label("whether a review that tells more is denied").collect(more.allowed() ? "allowed" : "denied");
        assertThat(less.allowed() && !more.allowed()).isFalse();
    }
}
