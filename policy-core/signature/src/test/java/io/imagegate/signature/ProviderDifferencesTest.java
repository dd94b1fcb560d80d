package io.imagegate.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Tier;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What counts does not depend on the provider: where two disagree, it does not count. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProviderDifferencesTest {

    private static final Pattern LINE = Pattern.compile("(.+): (yes|no) (yes|no) (yes|no) (yes|no) (yes|no)");
    private static final String YES = "yes";
    private static final int CHANGES = Tier.tries("imagegate.provider.changes", 12, 125, 1_000);

    private List<MatchResult> trials = List.of();

    @BeforeAll
    void run() throws IOException, InterruptedException {
        String output = ChildJava.run(
                ProviderDifferences.class, List.of("--enable-native-access=ALL-UNNAMED"), Integer.toString(CHANGES));
        assertThat(output.lines()).allMatch(line -> LINE.matcher(line).matches());
        trials = output.lines()
                .map(line -> {
                    Matcher trial = LINE.matcher(line);
                    return trial.matches() ? trial.toMatchResult() : null;
                })
                .toList();
    }

    private static boolean jdkTakes(MatchResult trial) {
        return trial.group(2).equals(YES);
    }

    private static boolean otherTakes(MatchResult trial) {
        return trial.group(3).equals(YES);
    }

    private static boolean counts(MatchResult trial) {
        return trial.group(4).equals(YES);
    }

    private List<String> names(Predicate<MatchResult> which) {
        return trials.stream().filter(which).map(trial -> trial.group(1)).toList();
    }

    @Test
    @DisplayName("the same counts with and without the provider, be it installed or given")
    void same() {
        assertThat(trials).hasSizeGreaterThan(12 * CHANGES);
        assertThat(names(trial -> !trial.group(4).equals(trial.group(5)))).isEmpty();
        // A program that gives the provider to a verifier gives up what it cannot do with parameters.
        assertThat(names(trial -> !trial.group(4).equals(trial.group(6)))).containsExactly("Ed25519 prehashed");
    }

    @Test
    @DisplayName("nothing counts that one of the two refuses")
    void stricter() {
        assertThat(names(trial -> counts(trial) && jdkTakes(trial) != otherTakes(trial)))
                .containsExactly("Ed25519 prehashed");
    }

    @Test
    @DisplayName("what is written as it should be counts, and nothing else")
    void counting() {
        assertThat(names(ProviderDifferencesTest::counts))
                .containsExactly(
                        "secp256r1",
                        "secp256r1 signature: n - s",
                        "secp384r1",
                        "secp384r1 signature: n - s",
                        "secp521r1",
                        "secp521r1 signature: n - s",
                        "RSA",
                        "RSA without null",
                        "RSA exponent of 33 bits",
                        "RSA of 3072 bits",
                        "RSA of 4096 bits",
                        "RSA of 8192 bits",
                        "RSA of 16384 bits",
                        "RSA signed with the exponent 3",
                        "RSA signature: as it is",
                        "RSA PSS salt of 32",
                        "Ed25519",
                        "Ed25519 prehashed",
                        "certificate",
                        "certificate by RSA",
                        "certificate by Ed25519");
    }

    @Test
    @DisplayName("the two do disagree")
    void disagreements() {
        assertThat(names(trial -> jdkTakes(trial) && !otherTakes(trial)))
                .contains(
                        "secp256r1 bytes behind the point",
                        "secp256r1 unused bits",
                        "secp256r1 indefinite length",
                        "RSA padded modulus",
                        "RSA negative modulus",
                        "RSA even modulus",
                        "RSA exponent of 34 bits",
                        "RSA signed with the exponent 8589934593",
                        "RSA signature: no null",
                        "Ed25519 signature: bytes behind it",
                        "certificate by RSA without null",
                        "certificate by Ed25519 with bytes behind its signature");
        assertThat(names(trial -> !jdkTakes(trial) && otherTakes(trial)))
                .contains(
                        "secp256r1 compressed",
                        "secp256r1 hybrid",
                        "secp256k1",
                        "secp224r1",
                        "RSA null with content",
                        "certificate under a compressed point",
                        "certificate under secp256k1",
                        "certificate under secp224r1");
    }
}
