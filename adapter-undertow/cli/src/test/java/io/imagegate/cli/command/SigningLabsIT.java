package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.SharedPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code check} decides on images that a real cosign or notation has just signed as its {@code verify} does with settings that
 * mean the same as the policy; {@code decided-otherwise.jsonl} has each exception with its reason.
 */
@Tag("nightly")
class SigningLabsIT extends CommandTest {

    private static final Path OTHERWISE = Path.of("src/test/lab/decided-otherwise.jsonl");

    @TempDir
    Path folder = Path.of("");

    @Test
    @DisplayName("what cosign 2 signed, with and without a log, is decided as cosign 2 and 3 verify it")
    void signedByCosign2() throws Exception {
        List<String> programs = List.of(
                "docker-registry", "/usr/bin/cosign", "skopeo", "jq", "curl", "python3", "node", "timeout", "xz");
        try (Lab lab = Lab.start("cosign2", 15090, programs)) {
            compare("cosign2", lab.verdicts("verdicts.jsonl"), 60);
        }
    }

    @Test
    @DisplayName(
            "what cosign 3 and notation signed with real services, in two registries, is decided as they verify it")
    void signedByCosign3AndNotation() throws Exception {
        List<String> programs =
                List.of("docker-registry", "skopeo", "jq", "curl", "openssl", "python3", "node", "timeout", "xz");
        try (Lab lab = Lab.start("cosign3", 15070, programs)) {
            compare("cosign3", lab.verdicts("verdicts.jsonl"), 120);
            compare("notation", lab.verdicts("notation/verdicts.jsonl"), 38);
            printTimes(lab);
        }
    }

    private void compare(String lab, List<RealVerdict> verdicts, int least) throws IOException {
        assertThat(verdicts).hasSizeGreaterThanOrEqualTo(least);
        Map<String, Map<?, ?>> otherwise = new HashMap<>();
        Lab.lines(OTHERWISE)
                .filter(line -> lab.equals(line.get("lab")))
                .forEach(line -> otherwise.put(String.valueOf(line.get("question")), line));
        List<String> unexpected = new ArrayList<>();
        TreeSet<String> unused = new TreeSet<>(otherwise.keySet());
        int same = 0;
        for (RealVerdict said : verdicts) {
            String decided = decide(said);
            @Nullable Map<?, ?> other = otherwise.get(said.question());
            unused.remove(said.question());
            String expected = other == null ? said.verdict() : String.valueOf(other.get("decision"));
            if (other != null && expected.equals(said.verdict())) {
                unexpected.add("both decide the same: " + said.question());
            }
            if (!decided.equals(expected)) {
                unexpected.add("%s%n  verdict: %s, expected: %s, decided: %s%n  %s%s"
                        .formatted(said.image() + " " + said.question(), said.verdict(), expected, decided, out, err));
            }
            same += decided.equals(said.verdict()) ? 1 : 0;
        }
        System.out.printf(
                "lab %s: %d verdicts, %d decided the same, %d otherwise with a reason%n",
                lab, verdicts.size(), same, verdicts.size() - same);
        assertThat(unexpected).as(String.join("\n", unexpected)).isEmpty();
        assertThat(unused).as("lines that no verdict has").isEmpty();
    }

    /** Of one image that a key signed, and one that an identity signed. */
    private void printTimes(Lab lab) throws Exception {
        Set<String> wanted =
                new HashSet<>(Set.of("acme/key verify --key", "acme/keyless verify --certificate-identity"));
        for (RealVerdict said : lab.verdicts("verdicts.jsonl")) {
            if (said.verdict().equals("verified")
                    && wanted.removeIf(words -> said.question().startsWith("cosign3 " + words + " "))) {
                DecisionTimes.print(said, policy(said), registries(said), SharedPrograms.get("cosign"));
            }
        }
        assertThat(wanted).isEmpty();
    }

    private Path policy(RealVerdict said) throws IOException {
        return Files.writeString(folder.resolve("policy.yaml"), said.policy());
    }

    private Path registries(RealVerdict said) throws IOException {
        return Files.writeString(folder.resolve("registries.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImageRegistries
                metadata: {name: lab}
                spec: {registries: [{host: "%s", plainHttp: true}]}
                """.formatted(said.host()));
    }

    /** {@code verified}, {@code refused}, or {@code no policy} where the policy is refused. */
    private String decide(RealVerdict said) throws IOException {
        int status = run(
                "check",
                "-o",
                "json",
                "-p",
                policy(said).toString(),
                "--registries",
                registries(said).toString(),
                said.image());
        if (status == 2) {
            assertThat(err.toString()).contains("spec.rules[0].attestation.type: ");
            return "no policy";
        }
        assertThat(status).as(out + "" + err).isBetween(0, 1);
        Path printed = Files.writeString(folder.resolve("out.json"), out.toString());
        Map<?, ?> report = Lab.lines(printed).findFirst().orElseThrow();
        boolean allowed = (Boolean) Objects.requireNonNull(report.get("allowed"));
        assertThat(status).as(out + "" + err).isEqualTo(allowed ? 0 : 1);
        assertThat(out.toString()).doesNotContain("\"unavailable\"", "\"undecidable\"");
        return allowed ? "verified" : "refused";
    }
}
