package io.imagegate.document;

import io.imagegate.Repository;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Rule;
import io.imagegate.rule.RuleFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The files of these tests, and what they need. */
public final class PolicySamples {

    public static final InstantSource TODAY = InstantSource.fixed(Instant.parse("2026-11-24T12:00:00Z"));

    private PolicySamples() {}

    /** Demands that a repository of acme begins with the name of a team. */
    public static final class TeamOwnsRepository implements RuleFactory {

        @Override
        public String name() {
            return "io.example.TeamOwnsRepository";
        }

        @Override
        public Rule create(Map<String, Object> parameters) {
            if (!parameters.keySet().equals(Set.of("team")) || !(parameters.get("team") instanceof String team)) {
                throw new IllegalArgumentException("expected team, the name of a team");
            }
            return image -> image.reference().repository().startsWith("acme/")
                            && !image.reference().repository().startsWith("acme/" + team)
                    ? Finding.violation("it does not belong to the team " + team)
                    : Finding.satisfied();
        }
    }

    public static PolicyDocuments documents() {
        return new PolicyDocuments().withClock(TODAY).withFactories(List.of(new TeamOwnsRepository()));
    }

    public static Path path(String name) {
        return Repository.core("files/src/test/resources/io/imagegate/document").resolve(name);
    }

    public static String text(String name) {
        try {
            return Files.readString(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The message of what is wrong with a policy. */
    public static String problems(String text) {
        try {
            documents().read("p.yaml", text);
            return "";
        } catch (PolicyDocumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** The first problem of a rule of these lines, which begin in line 6 and column 5. */
    public static String problemOfRule(String rule) {
        return problems(rule(rule)).lines().findFirst().orElse("");
    }

    /** A policy of these lines below {@code spec}. */
    public static String policy(String spec) {
        return "apiVersion: imagegate.io/v1alpha1\nkind: ImagePolicy\nmetadata: {name: p}\nspec:\n" + spec.indent(2);
    }

    /** A policy of one rule, these lines of it. */
    public static String rule(String rule) {
        return policy("rules:\n  - name: r\n" + rule.indent(4));
    }
}
