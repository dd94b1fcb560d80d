package io.imagegate.laws;

import io.imagegate.policy.Enforcement;
import io.imagegate.policy.NamedRule;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicyBuilder;
import io.imagegate.reference.GlobSet;
import io.imagegate.reference.ImagePattern;
import io.imagegate.reference.PatternSet;
import io.imagegate.rule.Rule;
import io.imagegate.rule.Rules;
import io.imagegate.rule.Scope;
import io.imagegate.version.VersionRange;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** A rule in Java and the same as a policy file has it. */
record Demand(String yaml, Rule rule, Enforcement enforcement, Scope scope) {

    static final List<String> PATTERNS = List.of(
            "nginx",
            "docker.io/**",
            "docker.io/library/*",
            "ghcr.io/acme/**",
            "gcr.io/**",
            "*.gcr.io/**",
            "**",
            "**/nginx",
            "localhost/*",
            "alpine:3.1?",
            "library/a*",
            "team/**",
            "**:latest",
            "ghcr.io/acme/*:1.*",
            "**@sha256:*");
    static final List<String> TAGS = List.of("latest", "1.*", "*", "v?.0*", "*-SNAPSHOT", "3.1?");

    static PatternSet patterns(List<String> patterns) {
        return PatternSet.of(patterns.stream().map(ImagePattern::parse).toList());
    }

    private static String list(List<String> texts) {
        return texts.stream().map(text -> '"' + text + '"').collect(Collectors.joining(", ", "[", "]"));
    }

    private static Demand of(String yaml, Rule rule) {
        return new Demand(yaml, rule, Enforcement.DENY, Scope.EVERYTHING);
    }

    private static Arbitrary<List<String>> some(List<String> from) {
        return Arbitraries.of(from).list().ofMinSize(1).ofMaxSize(3);
    }

    private static Arbitrary<Demand> simple() {
        return Arbitraries.oneOf(
                Arbitraries.just(of("tag: {required: true}", Rules.tagRequired())),
                Arbitraries.just(of("digest: {required: true}", Rules.digestRequired())),
                Arbitraries.just(of("digest: {required: true, algorithms: [sha512]}", Rules.digestRequired("sha512"))),
                some(TAGS).map(t -> of("tag: {deny: " + list(t) + "}", Rules.tagDenied(GlobSet.of(t)))),
                some(TAGS).map(t -> of("tag: {allow: " + list(t) + "}", Rules.tagAllowed(GlobSet.of(t)))),
                some(TAGS)
                        .map(t -> of(
                                "tag: {required: true, deny: " + list(t) + ", unlessDigest: true}",
                                Rules.unlessDigest(Rules.allOf(Rules.tagRequired(), Rules.tagDenied(GlobSet.of(t)))))),
                Arbitraries.of(">=1.0 <4", "^1.0.0", "*", "1.x || 3.18")
                        .map(r -> of("tag: {semver: \"" + r + "\"}", Rules.tagInRange(VersionRange.parse(r)))),
                some(PATTERNS).map(p -> of("allow: " + list(p), Rules.allow(patterns(p)))),
                some(PATTERNS).map(p -> of("deny: " + list(p), Rules.deny(patterns(p)))));
    }

    private static Arbitrary<Demand> combined() {
        Arbitrary<Demand> one = simple();
        return Arbitraries.oneOf(
                one,
                Combinators.combine(one, one)
                        .as((a, b) -> of("any: [{" + a.yaml + "}, {" + b.yaml + "}]", Rules.anyOf(a.rule, b.rule))),
                Combinators.combine(one, one)
                        .as((a, b) -> of("all: [{" + a.yaml + "}, {" + b.yaml + "}]", Rules.allOf(a.rule, b.rule))),
                one.map(a -> of("not: {" + a.yaml + "}", Rules.not(a.rule))));
    }

    /** Demands of every kind. */
    static Arbitrary<Demand> any() {
        return Combinators.combine(
                        combined(),
                        Arbitraries.of(Enforcement.DENY, Enforcement.DENY, Enforcement.WARN, Enforcement.AUDIT),
                        Arbitraries.integers().between(0, 3))
                .as((demand, enforcement, scope) -> new Demand(
                        demand.yaml
                                + (enforcement == Enforcement.DENY
                                        ? ""
                                        : ", enforce: " + enforcement.name().toLowerCase(Locale.ROOT))
                                + match(scope),
                        demand.rule,
                        enforcement,
                        scope(scope)));
    }

    private static String match(int scope) {
        return switch (scope) {
            case 1 -> ", match: {namespaces: [\"prod-*\"]}";
            case 2 -> ", match: {images: [\"docker.io/**\"]}";
            default -> "";
        };
    }

    private static Scope scope(int scope) {
        return switch (scope) {
            case 1 -> Scope.ofNamespaces(GlobSet.of("prod-*"));
            case 2 -> Scope.ofImages(patterns(List.of("docker.io/**")));
            default -> Scope.EVERYTHING;
        };
    }

    NamedRule named(String name) {
        return NamedRule.of(name, rule).withEnforcement(enforcement).withScope(scope);
    }

    static String name(int number) {
        return "rule-" + number;
    }

    static PolicyBuilder builder(List<Demand> demands) {
        PolicyBuilder builder = Policy.builder("p");
        for (int i = 0; i < demands.size(); i++) {
            builder.rule(demands.get(i).named(name(i)));
        }
        return builder;
    }

    static String file(List<Demand> demands) {
        StringBuilder file = new StringBuilder(
                "apiVersion: imagegate.io/v1alpha1\nkind: ImagePolicy\nmetadata: {name: p}\nspec:\n  rules:\n");
        for (int i = 0; i < demands.size(); i++) {
            file.append("  - {name: ")
                    .append(name(i))
                    .append(", ")
                    .append(demands.get(i).yaml)
                    .append("}\n");
        }
        return file.toString();
    }
}
