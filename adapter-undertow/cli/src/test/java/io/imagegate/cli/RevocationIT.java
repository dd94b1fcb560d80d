package io.imagegate.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.cli.command.SignedRegistry;
import io.imagegate.server.Conditions;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an operator does when a key or an image turns bad, against a running server whose caches have all answers. The times
 * from the edit of a file to the first changed answer are printed; REVOCATION.md names them.
 */
class RevocationIT {

    private static final String HIT = "imagegate_fact_cache_total{cache=\"verified\",result=\"hit\"}";
    private static final String MISS = "imagegate_fact_cache_total{cache=\"verified\",result=\"miss\"}";

    /** Digest of an image that nobody asks for: the file must have one. */
    private static final String OTHER = "sha256:" + "a".repeat(64) + "\n";

    private static final String KEYS = "[{file: release.pub}, {file: next.pub}]";
    private static final String POLICY = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: signed}
            spec:
              signers: {release: {keys: %s}}
              rules:
                - {name: not-revoked, image: {denyDigests: {file: revoked.txt}}}
                - {name: signed, signature: {by: [$release]}}
            """;

    private static final Map<String, Duration> MEASURED = new LinkedHashMap<>();

    @TempDir
    Path folder = Path.of("");

    private final SignedRegistry signed;
    private final String byTag;
    private final String byDigest;

    @SuppressWarnings("NullAway.Init")
    private ReviewTester tester;

    RevocationIT() throws IOException {
        signed = new SignedRegistry("acme/key");
        byTag = signed.registry().host() + "/acme/key:1.0.0";
        byDigest = signed.registry().host() + "/acme/key@" + SignedRegistry.IMAGE;
    }

    @BeforeEach
    void files() throws IOException {
        Program.makeCertificates(folder);
        tester = ReviewTester.trusting(folder, Version.HTTP_2);
        key("release.pub", 1);
        key("next.pub", 2);
        write("revoked.txt", OTHER);
        write("policy.yaml", POLICY.formatted(KEYS));
    }

    @AfterEach
    void close() {
        signed.close();
    }

    @AfterAll
    static void print() throws IOException {
        StringBuilder table = new StringBuilder("From an edit to the first changed answer\n");
        MEASURED.forEach((what, time) -> table.append("%7d ms  %s%n".formatted(time.toMillis(), what)));
        Files.writeString(Path.of("target/revocation.txt"), table);
        System.out.print(table);
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    private void key(String file, int number) throws IOException {
        Files.copy(
                Path.of(SignedRegistry.file("keys/" + number + ".pub")),
                folder.resolve(file),
                StandardCopyOption.REPLACE_EXISTING);
    }

    private ServerHere serve(String cache) throws IOException {
        Path registries = Path.of(signed.file(folder));
        String entries = Files.readString(registries);
        Files.writeString(registries, entries.replace("}]}", "}], cache: " + cache + "}"));
        return ServerHere.serve(
                folder, "--policy", folder.resolve("policy.yaml").toString(), "--registries", registries.toString());
    }

    /** Asks until the answer is this one, and notes how long that took. */
    private void await(RunningServer server, String what, String image, String expected) throws Exception {
        long began = System.nanoTime();
        Conditions.await(what, () -> tester.ask(server, image).equals(expected));
        MEASURED.put(what, Duration.ofNanos(System.nanoTime() - began));
    }

    private String reason(RunningServer server, String image) throws Exception {
        return tester.post(server, ReviewTester.review(image)).body();
    }

    @Test
    @DisplayName("an edit of the policy, a key or the revoked digests changes answers that caches have for an hour")
    void edits() throws Exception {
        try (RunningServer server = serve("{tags: 1h, verified: 1h, absent: 1h}")) {
            assertThat(tester.ask(server, byTag)).isEqualTo("allowed");
            assertThat(tester.ask(server, byTag)).isEqualTo("allowed");
            assertThat(server.metric(HIT)).isEqualTo(1);
            assertThat(server.metric(MISS)).isEqualTo(1);

            write("revoked.txt", OTHER + SignedRegistry.IMAGE + "\n");
            await(server, "a digest is added to denyDigests", byTag, "denied");
            assertThat(reason(server, byTag)).contains("not-revoked").doesNotContain("not signed");
            write("revoked.txt", OTHER);
            await(server, "it is removed", byTag, "allowed");

            write("policy.yaml", POLICY.formatted("[{file: release.pub, notAfter: 2026-01-31}, {file: next.pub}]"));
            await(server, "a key gets notAfter in the past", byTag, "denied");
            assertThat(reason(server, byTag)).contains("not signed by release", "expired at 2026-01-31");
            write("policy.yaml", POLICY.formatted(KEYS));
            await(server, "notAfter is removed", byTag, "allowed");

            write("policy.yaml", POLICY.formatted("[{file: next.pub}]"));
            await(server, "a key is removed from its signer", byTag, "denied");
            assertThat(reason(server, byTag)).contains("not signed by release", "another key");
            write("policy.yaml", POLICY.formatted(KEYS));
            await(server, "it is added again", byTag, "allowed");

            key("release.pub", 2);
            await(server, "the file of a key gets another key", byTag, "denied");
        }
    }

    @Test
    @DisplayName("without its registry, too, a key that is removed and a digest that is revoked count at once")
    void editsDuringAnOutage() throws Exception {
        try (RunningServer server = serve("{verified: 1h}")) {
            assertThat(tester.ask(server, byDigest)).isEqualTo("allowed");
            signed.close();
            assertThat(tester.ask(server, byDigest)).isEqualTo("allowed");
            write("policy.yaml", POLICY.formatted("[{file: next.pub}]"));
            await(server, "a key is removed while the registry is down", byDigest, "denied");
            assertThat(reason(server, byDigest)).contains("is down").doesNotContain("not-revoked");
            write("revoked.txt", OTHER + SignedRegistry.IMAGE + "\n");
            Conditions.await("revoked", () -> reason(server, byDigest).contains("not-revoked"));
        }
    }

    @Test
    @DisplayName("a tag that is pushed over stands for the old digest as long as cache.tags says, and not longer")
    void pushedOver() throws Exception {
        try (RunningServer server = serve("{tags: 3s, absent: 1s}")) {
            assertThat(tester.ask(server, byTag)).isEqualTo("allowed");
            byte[] other = "{\"schemaVersion\":2,\"layers\":[]}".getBytes(UTF_8);
            signed.registry().addManifest("acme/key", "1.0.0", "application/vnd.oci.image.manifest.v1+json", other);
            await(server, "a tag is pushed over, with cache.tags: 3s", byTag, "denied");
            assertThat(reason(server, byTag)).contains("not signed by release").doesNotContain(SignedRegistry.IMAGE);
            assertThat(tester.ask(server, byDigest)).isEqualTo("allowed");
        }
    }

    @Test
    @DisplayName("a signature that is deleted in the registry counts for cache.verified: a key must be removed instead")
    void deletedSignature() throws Exception {
        try (RunningServer server = serve("{verified: 3s, absent: 1s}")) {
            assertThat(tester.ask(server, byDigest)).isEqualTo("allowed");
            signed.registry().removeTag("acme/key", SignedRegistry.IMAGE.replace(':', '-'));
            assertThat(tester.ask(server, byDigest)).isEqualTo("allowed");
            await(server, "a signature is deleted, with cache.verified: 3s", byDigest, "denied");
        }
    }
}
