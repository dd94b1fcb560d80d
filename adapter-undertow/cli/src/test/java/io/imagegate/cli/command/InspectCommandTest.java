package io.imagegate.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code inspect} prints and how it exits. */
class InspectCommandTest extends CommandTest {

    private static final Path RECORDED = Path.of("../../policy-core/registry/src/test/resources/recorded");
    private static final String INDEX_TYPE = "application/vnd.oci.image.index.v1+json";
    private static final String MANIFEST_TYPE = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIG_TYPE = "application/vnd.oci.image.config.v1+json";
    private static final String INDEX = "b926ecc4d275ccc87fc3a39b818ee545101dfd8654ea3a8da69ff6e359678a8c";
    private static final String AMD = "fbd83ba08e4c94433644808c5d126390262514e0bdea021058ebf64b42fdcee5";
    private static final String ARM = "2a24e235431c70b6150a4e10febad150b35b0a1c72461d4f5aba95efc4721dda";
    private static final List<String> CONFIGS = List.of(
            "ff912c0d97bd6057ea2711294df1660db0ec01ae16fbb3e11c29926abb84435c",
            "dee2a22c3477c441443b8d2c2ff6c030ed60d16724dd861522286d9e5917c3e0");

    @TempDir
    Path folder = Path.of("");

    private final SmallRegistry registry;
    private String registries = "";

    InspectCommandTest() throws IOException {
        registry = new SmallRegistry();
    }

    @BeforeEach
    void file() throws IOException {
        registries = registry.configuration(folder);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private String output() {
        return out.toString().replace(registry.host(), "HOST");
    }

    private void addRecordedIndex(String recording) throws IOException {
        registry.addManifest("acme/index", "1.0.0", INDEX_TYPE, blob(recording, INDEX));
        registry.addManifest("acme/index", "amd", MANIFEST_TYPE, blob(recording, AMD));
        registry.addManifest("acme/index", "arm", MANIFEST_TYPE, blob(recording, ARM));
        for (String config : CONFIGS) {
            registry.addBlob("acme/index", blob(recording, config));
        }
    }

    private static byte[] blob(String recording, String hex) throws IOException {
        return Files.readAllBytes(
                RECORDED.resolve(recording).resolve("blobs/sha256").resolve(hex));
    }

    /** Adds an image whose only manifest has these annotations, labels and date. */
    private void addImage(String tag, String annotations, String labels, String created) {
        byte[] config = ("{\"os\":\"linux\",\"architecture\":\"amd64\"," + created + "\"config\":{\"Labels\":{" + labels
                        + "}}}")
                .getBytes(UTF_8);
        registry.addBlob("app", config);
        registry.addManifest("app", tag, MANIFEST_TYPE, """
                {"schemaVersion":2,"layers":[],"annotations":{%s},"config":{"mediaType":"%s","digest":"%s","size":%d}}""".formatted(
                        annotations, CONFIG_TYPE, SmallRegistry.digest(config), config.length)
                .getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker-registry", "zot"})
    @DisplayName("of an index, inspect prints each image: digest, age, size and labels")
    void index(String recording) throws IOException {
        addRecordedIndex(recording);
        assertThat(run("inspect", "--registries", registries, registry.host() + "/acme/index:1.0.0"))
                .as(err.toString())
                .isZero();
        assertThat(output().replaceAll("\\d+ days ago|1 day ago|in the future", "AGE"))
                .isEqualTo("""
                image       HOST/acme/index:1.0.0
                digest      sha256:%s
                media type  application/vnd.oci.image.index.v1+json
                platforms   linux/amd64, linux/arm64/v8

                linux/amd64
                  digest      sha256:%s
                  created     2026-11-01T10:00:00Z (AGE)
                  size        965 bytes
                  labels
                    org.opencontainers.image.source: https://git.example/acme/api
                    org.opencontainers.image.version: 1.0.0

                linux/arm64/v8
                  digest      sha256:%s
                  created     2026-11-01T10:00:00Z (AGE)
                  size        980 bytes
                  labels
                    org.opencontainers.image.source: https://git.example/acme/api
                    org.opencontainers.image.version: 1.0.0

                signatures and attestations: none
                """.formatted(INDEX, AMD, ARM));
    }

    @Test
    @DisplayName("--digests prints what denyDigests takes: the index and all that it lists")
    void digests() throws IOException {
        addRecordedIndex("zot");
        assertThat(run("inspect", "--digests", "--registries", registries, registry.host() + "/acme/index:1.0.0"))
                .isZero();
        assertThat(output()).isEqualTo("""
                sha256:%s # HOST/acme/index:1.0.0
                sha256:%s # linux/amd64
                sha256:%s # linux/arm64/v8
                """.formatted(INDEX, AMD, ARM));
        Files.writeString(folder.resolve("revoked.txt"), out.toString());
        String policy = Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec: {rules: [{name: revoked, image: {denyDigests: {file: revoked.txt}}}]}
                """).toString();
        assertThat(run("check", "-p", policy, "--registries", registries, registry.host() + "/acme/index:arm"))
                .isEqualTo(1);
        addImage("other", "", "", "");
        assertThat(run("check", "-p", policy, "--registries", registries, registry.host() + "/app:other"))
                .isZero();
        assertThat(run("inspect", "--digests", "-o", "json", registry.host() + "/acme/index:1.0.0"))
                .isEqualTo(2);
    }

    @Test
    @DisplayName("-o json prints one object with everything")
    void json() throws IOException {
        addRecordedIndex("zot");
        assertThat(run("inspect", "-o", "json", "--registries", registries, registry.host() + "/acme/index:amd"))
                .isZero();
        assertThat(output())
                .isEqualTo("{\"image\":\"HOST/acme/index:amd\",\"digest\":\"sha256:" + AMD + "\",\"mediaType\":\""
                        + MANIFEST_TYPE + "\",\"annotations\":{},\"images\":[{\"platform\":\"linux/amd64\","
                        + "\"digest\":\"sha256:" + AMD + "\",\"created\":\"2026-11-01T10:00:00Z\",\"size\":965,"
                        + "\"labels\":{\"org.opencontainers.image.source\":\"https://git.example/acme/api\","
                        + "\"org.opencontainers.image.version\":\"1.0.0\"},\"annotations\":{}}],\"digests\":[\"sha256:"
                        + AMD + "\"],\"signatures\":[]}\n");
    }

    @Test
    @DisplayName("what a registry wrote is escaped and cut, and what it did not say is named")
    void hostileText() {
        addImage("evil", "\"a\\u001b[2J\":\"b\\n\\u202ec\"", "\"long\":\"" + "x".repeat(5_000) + "\"", "");
        assertThat(run("inspect", "--registries", registries, registry.host() + "/app:evil"))
                .isZero();
        assertThat(output())
                .contains("annotations\n  a\\u001b[2J: b\\u000a\\u202ec\n")
                .contains("  created     not told\n", "    long: " + "x".repeat(300) + "… (5000 characters)\n")
                .hasSizeLessThan(1_000);
        assertThat(run("inspect", "-o", "json", "--registries", registries, registry.host() + "/app:evil"))
                .isZero();
        assertThat(output()).contains("{\"a\\u001B[2J\":\"b\\n\\u202Ec\"}").matches("\\p{Print}+\n");
        StringBuilder many = new StringBuilder("\"k\":\"v\"");
        for (int i = 0; i < 500; i++) {
            many.append(",\"k").append(i).append("\":\"v\"");
        }
        addImage("many", "", many.toString(), "\"created\":\"2999-01-01T00:00:00Z\",");
        assertThat(run("inspect", "--registries", registries, registry.host() + "/app:many"))
                .isZero();
        assertThat(output())
                .contains("2999-01-01T00:00:00Z (in the future)", "    and 401 more\n")
                .hasLineCount(5 + 3 + 1 + 100 + 1 + 2);
    }

    @Test
    @DisplayName("an image that does not exist is exit 1, with the reason as text and JSON")
    void absent() {
        registry.add("new", Instant.now());
        assertThat(run("inspect", "--registries", registries, registry.host() + "/app:old"))
                .isEqualTo(1);
        assertThat(output()).isEqualTo("image       HOST/app:old\n");
        assertThat(err.toString())
                .startsWith("imagegate inspect: " + registry.host() + "/app:old: ")
                .hasLineCount(1);
        assertThat(run("inspect", "-o", "json", "--registries", registries, registry.host() + "/app:old"))
                .isEqualTo(1);
        assertThat(output()).startsWith("{\"image\":\"HOST/app:old\",\"state\":\"absent\",\"problem\":\"");
        assertThat(run("inspect", "--digests", "--registries", registries, registry.host() + "/app:old"))
                .isEqualTo(1);
        assertThat(output()).isEmpty();
    }

    @Test
    @DisplayName("what is no image is shown with its digest and type, and exit 1")
    void artifact() {
        registry.addManifest(
                "app", "sig", MANIFEST_TYPE, """
                {"schemaVersion":2,"layers":[],"config":{"mediaType":"text/plain","digest":"sha256:%s","size":2}}""".formatted("0".repeat(64)).getBytes(UTF_8));
        assertThat(run("inspect", "--registries", registries, registry.host() + "/app:sig"))
                .isEqualTo(1);
        assertThat(output())
                .contains("media type  " + MANIFEST_TYPE + "\n")
                .containsPattern("digest +sha256:[0-9a-f]{64}\n");
        assertThat(err.toString()).contains("this is not an image");
    }

    @ParameterizedTest
    @CsvSource({
        "Nginx, 'must be lowercase'",
        "foo_bar.com/app, 'has no registry'",
        "'a\u001b[2J', 'not allowed in a repository'",
        "'', ''"
    })
    @DisplayName("what names no image of a registry is exit 2 and one printable line")
    void unusable(String image, String message) {
        assertThat(run("inspect", image)).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains(message).hasLineCount(1).matches("[\\x20-\\x7e]+\n");
    }
}
