package io.imagegate.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imagegate.document.DocumentProblem;
import io.imagegate.reference.ImageReference;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageRegistriesFileTest {

    private static final String HEAD =
            "apiVersion: imagegate.io/v1alpha1\nkind: ImageRegistries\nmetadata: {name: registries}\nspec:\n";

    @TempDir
    private Path folder;

    @BeforeEach
    void files() throws IOException {
        Files.writeString(folder.resolve("config.json"), "{}");
        Files.writeString(folder.resolve("ca.pem"), "");
    }

    private ImageRegistries read(String spec) {
        return ImageRegistriesReader.read("r.yaml", folder, HEAD + spec.indent(2));
    }

    private List<String> problems(String spec) {
        ImageRegistriesException thrown = catchThrowableOfType(ImageRegistriesException.class, () -> read(spec));
        assertThat(thrown).isNotNull();
        return thrown.problems().stream().map(DocumentProblem::toString).toList();
    }

    @Test
    @DisplayName("every setting is read")
    void whole() throws IOException {
        Path file = folder.resolve("r.yaml");
        Files.writeString(file, HEAD + """
                proxy: http://proxy.internal:3128
                noProxy: ["*.internal"]
                proxyCredentials: config.json
                registries:
                  - host: ghcr.io
                    credentials: {dockerConfig: config.json}
                  - {host: docker.io, mirror: harbor.internal/hub}
                  - host: registry.partner.example
                    authHosts: [auth.partner.example]
                    blobHosts: ["*.cdn.partner.example"]
                  - {host: harbor.internal, plainHttp: true}
                  - host: registry.internal:5000
                    ca: ca.pem
                    clientCertificate: {certificate: ca.pem, key: ca.pem}
                    signatures: registry.internal:5000/signatures
                limits: {timeout: 10s, flights: 32, flightsPerRegistry: 4, cacheBytes: 8Mi, bodyBytes: 16Mi, attestationBytes: 512Ki}
                cache: {tags: 30s, verified: 2h, absent: 500ms, staleOnError: 1d}
                """.indent(2));
        ImageRegistries read = ImageRegistries.load(file);
        assertThat(read.entries()).hasSize(5);
        assertThat(read.proxy()).contains(URI.create("http://proxy.internal:3128"));
        assertThat(read.limits())
                .isEqualTo(RegistryLimits.builder()
                        .timeout(Duration.ofSeconds(10))
                        .flights(32)
                        .flightsPerRegistry(4)
                        .cacheBytes(8 << 20)
                        .bodyBytes(16 << 20)
                        .attestationBytes(512 << 10)
                        .build());
        assertThat(read.cache())
                .isEqualTo(CachePeriods.NONE
                        .withTags(Duration.ofSeconds(30))
                        .withVerified(Duration.ofHours(2))
                        .withAbsent(Duration.ofMillis(500))
                        .withStaleOnError(Duration.ofDays(1)));
        RegistryEntry internal = read.entry("registry.internal:5000").orElseThrow();
        assertThat(internal.settings().tls().ca()).contains(folder.resolve("ca.pem"));
        assertThat(internal.signatures().map(ImageReference::canonical))
                .contains("registry.internal:5000/signatures:latest");
        assertThat(read.entry("ghcr.io").orElseThrow().settings().credentials()).isPresent();
        assertThat(read.entry("harbor.internal").orElseThrow().settings().plainHttp())
                .isTrue();
    }

    @Test
    @DisplayName("without limits and cache the defaults apply")
    void defaults() {
        ImageRegistries read = read("registries: [{host: ghcr.io}]");
        assertThat(read.limits()).isEqualTo(RegistryLimits.DEFAULTS);
        assertThat(read.cache()).isEqualTo(CachePeriods.DEFAULTS);
    }

    @Test
    @DisplayName("all mistakes are told at once, each with its position and what was expected")
    void mistakes() {
        assertThat(problems("""
                        registries:
                          - {hosts: ghcr.io}
                          - {host: "*"}
                          - {host: a.com, plainHttp: yes}
                          - {host: b.com, blobHosts: []}
                        limits: {timeout: 20}
                        """))
                .satisfiesExactly(
                        problem -> assertThat(problem).startsWith("r.yaml:6:7: spec.registries[0]: missing key host"),
                        problem -> assertThat(problem)
                                .startsWith("r.yaml:6:8: spec.registries[0]: unknown key \"hosts\"")
                                .contains("did you mean host?"),
                        problem ->
                                assertThat(problem).startsWith("r.yaml:7:14: spec.registries[1].host: expected a host"),
                        problem -> assertThat(problem)
                                .startsWith("r.yaml:8:32: spec.registries[2].plainHttp: ")
                                .endsWith("expected true or false"),
                        problem -> assertThat(problem).contains("9:32", "blobHosts: ", "at least one element"),
                        problem -> assertThat(problem)
                                .startsWith("r.yaml:10:21: spec.limits.timeout: duration \"20\": expected"));
    }

    @Test
    @DisplayName("mistakes between entries are told at once, too, each at the key that has it")
    void mistakesBetweenEntries() {
        assertThat(problems("""
                        registries:
                          - {host: a.com}
                          - {host: A.com, plainHttp: true}
                          - {host: b.com, mirror: nowhere.com/hub}
                          - {host: c.com, mirror: b.com}
                          - {host: d.com, signatures: nowhere.com/signatures}
                          - {host: e.com, ca: none.pem}
                          - {host: f.com, mirror: e.com}
                          - g.com
                        limits: {timeout: 10m, bodyBytes: 1Mi, attestationBytes: 2Mi}
                        cache: {tags: 31d, verified: 30d}
                        """))
                .map(problem -> problem.replace("the text \"g.com\", ", ""))
                .containsExactly(
                        "r.yaml:7:14: spec.registries[1].host: duplicate entry for the host a.com",
                        "r.yaml:8:29: spec.registries[2].mirror: expected an entry for the host nowhere.com",
                        "r.yaml:9:29: spec.registries[3].mirror: b.com has a mirror itself, expected a registry without one",
                        "r.yaml:10:33: spec.registries[4].signatures: expected an entry for the host nowhere.com",
                        "r.yaml:11:25: spec.registries[5].ca: no file that can be read at "
                                + folder.resolve("none.pem"),
                        "r.yaml:13:7: spec.registries[7]: expected a mapping with keys such as host",
                        "r.yaml:14:21: spec.limits.timeout: expected more than 0 and at most 5m, got 10m",
                        "r.yaml:14:60: spec.limits.attestationBytes: expected at most bodyBytes (1048576) and at most 1Gi, got 2097152",
                        "r.yaml:15:17: spec.cache.tags: expected at most 30d, got 31d");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "registries: [{host: a.com}, {host: A.com}] | duplicate entry for the host a.com",
                "registries: [{host: a.com, host: b.com}] | duplicate key \"host\", already defined in line ",
                "registries: [{host: a.com, mirror: b.com}] | expected an entry for the host b.com",
                "registries: [{host: a.com, ca: nothing.pem}] | no file that can be read",
                "registries: [{host: a.com, credentials: {}}] | expected dockerConfig: FILE or helper: NAME",
                "registries: [{host: a.com, credentials: {helper: is-not-there}}] | no program docker-credential-is-not-there",
                "registries: [{host: a.com, credentials: {dockerConfig: ca.pem}}] | is not",
                "registries: [{host: a.com, clientCertificate: {key: ca.pem}}] | expected the keys certificate and key",
                "registries: [{host: a.com}], proxy: ftp://p:1 | proxy: expected http://HOST:PORT",
                "registries: [{host: a.com}], noProxy: [a.com] | expected proxy beside it",
                "registries: [{host: a.com}], proxyCredentials: ca.pem | proxyCredentials: expected proxy beside it",
                "registries: [{host: a.com}], proxy: 'http://p:1', proxyCredentials: none | no file that can be read",
                "registries: [{host: a.com}], limits: {flights: many} | spec.limits.flights: expected a whole number above 0, got \"many\"",
                "registries: [{host: a.com}], limits: {flights: 0x10} | expected a whole number above 0, got \"0x10\"",
                "registries: [{host: a.com}], limits: {flightsPerRegistry: 0} | expected a whole number above 0",
                "registries: [{host: a.com}], limits: {bodyBytes: 4Gi, attestationBytes: 2Gi} | expected at most bodyBytes (4294967296) and at most 1Gi, got 2147483648",
                "registries: [{host: a.com}], limits: {bodyBytes: 1Mi, attestationBytes: 2Mi} | expected at most bodyBytes (1048576) and at most 1Gi",
                "registries: [{host: a.com}], limits: {timeout: 10m} | expected more than 0 and at most 5m, got 10m",
                "registries: [&a {host: a.com}, *a] | an alias",
                "registries: [[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]] | nested too deeply: expected 16 levels at most",
                "registries: [ | not YAML or JSON",
                "registries: [{host: !x a.com}] | expected text",
                "cache: {tags: 1s} | missing key registries"
            })
    @DisplayName("a mistake")
    void mistake(String spec, String expected) {
        String flow = spec.contains("], ") ? "{" + spec + "}" : spec;
        assertThat(problems(flow)).anySatisfy(problem -> assertThat(problem).contains(expected));
    }

    @Test
    @DisplayName("a file of another kind, with several documents, or that is no file is refused with what was expected")
    void anotherKindOfFile() throws IOException {
        Path file = folder.resolve("other.yaml");
        Files.writeString(file, "apiVersion: v1\nkind: ImagePolicy\nspec: {registries: [{host: a.com}]}\n");
        assertThatThrownBy(() -> ImageRegistries.load(file))
                .hasMessage(file + ":1:13: apiVersion: \"v1\", expected imagegate.io/v1alpha1\n" + file
                        + ":2:7: kind: \"ImagePolicy\", expected ImageRegistries");
        Files.writeString(file, "kind: ImageRegistries\n---\nkind: ImageRegistries\n");
        assertThatThrownBy(() -> ImageRegistries.load(file))
                .hasMessage(file + ":2:1: another document, expected only one");
        assertThatThrownBy(() -> ImageRegistries.load(folder))
                .hasMessage(folder + ": cannot be read: expected a regular file");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "kind: {{ .Values.kind }} | 1:7: kind: a mapping, expected text",
                "{{ .Values.x }}: b | 1:1: a mapping as a key, expected text; a template must be rendered first",
                "{? [a] : b} | 1:4: a list as a key, expected text",
                "a: \u0007b | 1:4: not YAML or JSON: the character U+0007 must be escaped",
                "a: \"\\UFFFFFFFF\" | 1:7: not YAML or JSON: expected hexadecimal digits of a character after a backslash",
            })
    @DisplayName("a mistake of YAML is told with line and column")
    void mistakesOfYaml(String text, String expected) throws IOException {
        Path file = folder.resolve("registries.yaml");
        Files.writeString(file, text);
        assertThatThrownBy(() -> ImageRegistries.load(file)).hasMessageContaining(file + ":" + expected);
    }

    @Test
    @DisplayName("a byte order mark at the start is skipped, as in policies")
    void byteOrderMark() throws IOException {
        Path file = folder.resolve("registries.yaml");
        String text = "{apiVersion: imagegate.io/v1alpha1, kind: ImageRegistries, spec: {registries: [{host: a.com}]}}";
        Files.writeString(file, "\uFEFF" + text);
        assertThat(ImageRegistries.load(file).entries()).hasSize(1);
        Files.writeString(file, "\uFEFF" + text.replace("kind", "kindd"));
        assertThatThrownBy(() -> ImageRegistries.load(file)).hasMessageContaining(file + ":1:37: unknown key");
    }

    @Test
    @DisplayName("true may be written as in YAML's core schema")
    void flags() {
        for (String value : List.of("true", "True", "TRUE")) {
            assertThat(read("registries: [{host: a.com, plainHttp: " + value + "}]")
                            .entry("a.com")
                            .orElseThrow()
                            .settings()
                            .plainHttp())
                    .isTrue();
        }
        assertThat(read("registries: [{host: a.com, plainHttp: false}]")
                        .entry("a.com")
                        .orElseThrow()
                        .settings()
                        .plainHttp())
                .isFalse();
    }

    @Test
    @DisplayName("a message is one line of printable ASCII, whatever the file has")
    void printable() {
        for (String ca : List.of("a\\0b", "a\\nb", "\\u202eb")) {
            assertThat(problems("registries: [{host: a.com, ca: \"" + ca + "\"}]"))
                    .singleElement()
                    .asString()
                    .matches("[ -~]+");
        }
    }

    @Test
    @DisplayName("the password of a proxy is in no message")
    void proxyPassword() {
        for (String proxy : List.of("http://u:s3cret@p:1", "http://u:s3cret%@p:1", "http://u:s3cret @p:1")) {
            assertThat(problems("registries: [{host: a.com}]\nproxy: \"" + proxy + "\""))
                    .singleElement()
                    .asString()
                    .contains("spec.proxy", "expected http://HOST:PORT")
                    .doesNotContain("s3cret");
        }
    }

    @Test
    @DisplayName("a file of another kind, an empty one and none are refused")
    void otherFiles() {
        assertThatThrownBy(() -> ImageRegistries.load(folder.resolve("none.yaml")))
                .hasMessageContaining("none.yaml: no such file");
        assertThatThrownBy(() -> ImageRegistriesReader.read("r", folder, "")).hasMessageContaining("an empty file");
        assertThatThrownBy(() -> ImageRegistriesReader.read("r", folder, "kind: ImagePolicy"))
                .hasMessageContaining("expected ImageRegistries")
                .hasMessageContaining("missing key apiVersion")
                .hasMessageContaining("missing key spec");
    }
}
