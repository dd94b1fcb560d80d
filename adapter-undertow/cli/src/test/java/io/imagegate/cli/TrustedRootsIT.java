package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.cli.command.SignedRegistry;
import io.imagegate.server.Conditions;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where whoever runs a server sees that a trusted root is old. */
class TrustedRootsIT {

    private static final double DAY = Duration.ofDays(1).toSeconds();

    @TempDir
    Path folder = Path.of("");

    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

    private Path policy(LocalDate confirmed) throws IOException {
        return Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: signed}
                spec:
                  trust:
                    public: {file: "%1$s", confirmed: %2$s}
                    own: {file: "%1$s", confirmed: %3$s}
                    renewed: {file: "%1$s"}
                  signers:
                    public: {keyless: {trust: public, issuer: "https://public.example", identity: "https://ci.example/**"}}
                    own: {keyless: {trust: own, issuer: "https://own.example", identity: "https://ci.example/**"}}
                    renewed: {keyless: {trust: renewed, issuer: "https://ci.example", identity: "https://ci.example/**"}}
                  rules: [{name: fixed-tag, tag: {required: true}}]
                """.formatted(
                        Path.of(SignedRegistry.file("trust/trusted-root.json")).toAbsolutePath(),
                        confirmed,
                        today.minusDays(89)));
    }

    private static double age(RunningJar server, String trust) throws Exception {
        return server.metric("imagegate_trusted_root_age_seconds{trust=\"" + trust + "\"}");
    }

    @Test
    @DisplayName(
            "91 days after it was confirmed: in the log, at /readyz and in its metric, until the policy has a new day")
    void age() throws Exception {
        Program.makeCertificates(folder);
        LocalDate old = today.minusDays(91);
        try (RunningJar server =
                RunningJar.serveManaged(folder, "--policy", policy(old).toString())) {
            assertThat(server.manage("/readyz"))
                    .isEqualTo("200 ok\nwarning: the trusted root public was confirmed on " + old
                            + ", more than 90 days ago\n");
            assertThat(server.manage("/readyz?verbose")).startsWith("200 [!]policies: the trusted root public was ");
            assertThat(server.output().lines().filter(line -> line.contains("the trusted root was confirmed on ")))
                    .singleElement()
                    .asString()
                    .contains("WARN", "spec.trust.public: ", old.toString(), "compare it with its source");
            assertThat(age(server, "public")).isBetween(91 * DAY, 93 * DAY);
            assertThat(age(server, "own")).isBetween(89 * DAY, 91 * DAY);
            assertThat(age(server, "renewed")).isNaN();
            assertThat(server.metric("imagegate_ready")).isEqualTo(1);
            assertThat(ReviewTester.trusting(folder, Version.HTTP_2).ask(server, "nginx:1"))
                    .isEqualTo("allowed");

            policy(today);
            Conditions.await(
                    "no warning is left", () -> server.manage("/readyz").equals("200 ok\n"));
            assertThat(age(server, "public")).isBetween(0.0, 2 * DAY);
        }
    }
}
