package io.imagegate;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.document.LivePolicies;
import io.imagegate.gate.GateSettings;
import io.imagegate.gate.LiveGate;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.reference.PatternSet;
import io.imagegate.rule.Rules;
import io.imagegate.signer.Signer;
import io.imagegate.webhook.PolicyWebhook;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples in Javadoc compile. */
class JavadocSamplesTest {

    private static final Pattern SAMPLE = Pattern.compile("(?s)<pre>\\{@code\\n(.*?)\\n *\\* \\}</pre>");

    /** What samples use and do not declare. */
    private static final String HEAD = """
            import com.sun.net.httpserver.*;
            import io.imagegate.document.*;
            import io.imagegate.fact.*;
            import io.imagegate.metric.*;
            import io.imagegate.gate.*;
            import io.imagegate.input.*;
            import io.imagegate.manifest.*;
            import io.imagegate.object.*;
            import io.imagegate.policy.*;
            import io.imagegate.policytest.*;
            import io.imagegate.predicate.*;
            import io.imagegate.reference.*;
            import io.imagegate.render.*;
            import io.imagegate.review.*;
            import io.imagegate.rule.*;
            import io.imagegate.signer.*;
            import io.imagegate.version.*;
            import io.imagegate.webhook.*;
            import io.imagegate.workload.*;
            import java.io.*;
            import java.nio.charset.StandardCharsets;
            import java.nio.file.*;
            import java.security.cert.X509Certificate;
            import java.time.*;
            import java.util.*;
            import java.util.function.Supplier;

            public abstract class %s {
                PolicySet policies;
                MetricSink metrics;
                Signer ci;
                java.security.PublicKey publicKey;
                LivePolicies livePolicies;
                ReloadListener listener;
                InputStream in;
                FactSource images;
                FactSource inventory;
                FactSource approvals;

                record Approval() implements Need<String> {}
            """;

    /** The samples by the files they stand in. */
    private static Map<String, String> samples() throws IOException {
        Map<String, String> samples = new TreeMap<>();
        for (String module : List.of("policy-core", "policy-core/files", "policy-core/inputs")) {
            Sources.under(module + "/src/main").forEach(file -> {
                String type = file.getFileName().toString().replace(".java", "");
                SAMPLE.matcher(Sources.text(file))
                        .results()
                        .forEach(found -> samples.merge(type, text(found), (one, other) -> one + "\n} {\n" + other));
            });
        }
        return samples;
    }

    private static String text(MatchResult found) {
        return found.group(1)
                .lines()
                .map(line -> line.replaceFirst("^ *\\* ?", ""))
                .collect(Collectors.joining("\n"));
    }

    /** Statements stand in a method, a class in the class. */
    private static String source(String name, String sample) {
        String body = sample.contains("public final class")
                ? sample.replace("public final class", "static class")
                : "void run() throws Exception { {\n" + sample + "\n} }";
        return HEAD.formatted(name) + body + "\n}\n";
    }

    @Test
    void samplesCompile(@TempDir Path out) throws IOException {
        Map<String, String> sources = new TreeMap<>();
        samples().forEach((type, sample) -> sources.put("SampleOf" + type, source("SampleOf" + type, sample)));
        SampleCompiler.compile(sources, out);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                GateSettings.class,
                ImageGate.class,
                LiveGate.class,
                LivePolicies.class,
                PatternSet.class,
                Policy.class,
                PolicyWebhook.class,
                Rules.class,
                Signer.class
            })
    void aClassWhereUsersStartHasASample(Class<?> type) throws IOException {
        assertThat(samples()).containsKey(type.getSimpleName());
    }
}
