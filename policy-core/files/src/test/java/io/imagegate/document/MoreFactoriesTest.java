package io.imagegate.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.policy.PolicySet;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Rule;
import io.imagegate.rule.RuleFactory;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules of a program beside those that jars provide. */
class MoreFactoriesTest {

    /** Provided by a jar. */
    public static final class Provided extends Named {

        /** Made by the service loader. */
        public Provided() {
            super("provided", "by the jar");
        }
    }

    private static class Named implements RuleFactory {

        private final String name;
        private final String finding;

        Named(String name, String finding) {
            this.name = name;
            this.finding = finding;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Rule create(Map<String, Object> parameters) {
            return image -> Finding.violation(finding);
        }
    }

    @TempDir
    private Path folder;

    private String reason(UnaryOperator<PolicyDocuments> factories, String rule) throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(RuleFactory.class.getName()), Provided.class.getName());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader jar =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, MoreFactoriesTest.class.getClassLoader())) {
            thread.setContextClassLoader(jar);
            PolicySet policies =
                    factories.apply(new PolicyDocuments()).read("p.yaml", PolicySamples.rule("custom: " + rule));
            return policies.policies().get(0).decide("nginx:1").reason();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void standBesideThoseOfJars() throws Exception {
        UnaryOperator<PolicyDocuments> more = documents -> documents.withMoreFactories(
                List.of(RuleFactory.of("own", parameters -> image -> Finding.violation("by the program"))));
        assertThat(reason(more, "own")).contains("by the program");
        assertThat(reason(more, "provided")).contains("by the jar");
        assertThatThrownBy(() -> reason(documents -> documents.withFactories(List.of()), "provided"))
                .hasMessageContaining("unknown rule \"provided\"");
    }

    @Test
    void replaceOneOfTheSameName() throws Exception {
        UnaryOperator<PolicyDocuments> more =
                documents -> documents.withMoreFactories(List.of(new Named("provided", "by the program")));
        assertThat(reason(more, "provided")).contains("by the program").doesNotContain("by the jar");
    }
}
