package io.imagegate.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.fact.ImageMetadata;
import io.imagegate.reference.Digest;
import io.imagegate.registry.content.MediaTypes;
import io.imagegate.registry.oci.Descriptor;
import io.imagegate.registry.oci.Manifest;
import io.imagegate.registry.oci.Referrers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers that are too long, slow, false or malformed are undecidable, with a reason; the honest one beside each is known. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
@Tag("full")
class HostileAnswersTest extends RegistryTest {

    private static final String CONFIG =
            "{\"os\":\"linux\",\"architecture\":\"amd64\",\"created\":\"2026-11-01T10:00:00Z\"}";

    private FakeRegistry registry;
    private Registries registries;
    private Digest honest;

    @BeforeEach
    void start() {
        registry = plain();
        registries = open(registry);
        Digest config = registry.blob("a/b", CONFIG);
        honest = registry.manifest("a/b", "1", MediaTypes.OCI_MANIFEST, imageManifest(config, CONFIG.length()));
    }

    private Fact<Manifest> manifest(Digest digest) {
        return await(registries.manifest(image(registry, "a/b"), digest));
    }

    private Fact<ImageMetadata> metadata(Digest digest) {
        return await(registries.metadata(image(registry, "a/b"), digest));
    }

    private Digest put(String type, String text) {
        return registry.manifest("a/b", "t", type, text);
    }

    private static void assertUndecidable(Fact<?> found, String reason) {
        assertThat(found.state()).as(found.toString()).isEqualTo(Fact.State.UNDECIDABLE);
        assertThat(found.reason()).contains(reason);
    }

    @Test
    @DisplayName("an honest image is known")
    void honest() {
        assertThat(manifest(honest).state()).isEqualTo(Fact.State.KNOWN);
        assertThat(metadata(honest).state()).isEqualTo(Fact.State.KNOWN);
    }

    @Test
    @DisplayName("content that does not have its digest")
    void lyingDigest() {
        registry.at("/v2/a/b/manifests/" + DIGEST, FakeRegistry.json(imageManifest(DIGEST, 2)));
        assertUndecidable(manifest(DIGEST), "the content of " + DIGEST + " has the digest sha256:");
    }

    @Test
    @DisplayName("a header that gives another digest than was asked for")
    void lyingHeader() {
        registry.at(
                "/v2/a/b/manifests/" + honest, FakeRegistry.status(200, "Docker-Content-Digest", DIGEST.toString()));
        assertUndecidable(await(registries.digest(image(registry, "a/b@" + honest))), "has the digest " + DIGEST);
    }

    @Test
    @DisplayName("a digest that is none")
    void noDigest() {
        registry.at("/v2/a/b/manifests/2", FakeRegistry.status(200, "Docker-Content-Digest", "sha256:../../x"));
        assertUndecidable(await(registries.digest(image(registry, "a/b:2"))), "not a digest");
    }

    @Test
    @DisplayName("a tag without the header is read and hashed")
    void withoutHeader() {
        registry.at("/v2/a/b/manifests/2", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", MediaTypes.OCI_MANIFEST);
            FakeRegistry.json(imageManifest(DIGEST, 2)).to(exchange);
        });
        registry.at(
                "/v2/a/b/manifests/3",
                FakeRegistry.content(
                        MediaTypes.OCI_MANIFEST, imageManifest(DIGEST, 2).getBytes(StandardCharsets.UTF_8), ""));
        assertUndecidable(await(registries.digest(image(registry, "a/b:2"))), "served as");
        assertUndecidable(await(registries.digest(image(registry, "a/b:3"))), "not a digest");
    }

    @Test
    @DisplayName("a manifest that was served as another type, or is of an unknown one")
    void lyingType() {
        String text = imageManifest(DIGEST, 2);
        assertThat(manifest(put(MediaTypes.OCI_MANIFEST + "; charset=utf-8", text))
                        .state())
                .isEqualTo(Fact.State.KNOWN);
        Digest other = registry.manifest("a/b", "u", MediaTypes.DOCKER_MANIFEST, text + " ");
        assertUndecidable(manifest(other), "was served as");
        assertUndecidable(manifest(put("text/html", "{}")), "expected one of");
    }

    @Test
    @DisplayName("a manifest with the fields of an index and of an image")
    void ambiguous() {
        assertUndecidable(
                manifest(put(MediaTypes.OCI_INDEX, "{\"manifests\":[],\"layers\":[]}")),
                "fields of an index and of an image");
        assertUndecidable(
                manifest(put(MediaTypes.OCI_MANIFEST, "{\"manifests\":[],\"config\":{}}")),
                "fields of an index and of an image");
        assertThat(manifest(put(MediaTypes.OCI_INDEX, "{\"manifests\":[]}")).state())
                .isEqualTo(Fact.State.KNOWN);
    }

    @Test
    @DisplayName("JSON that is nested too deeply, has a name twice, is followed by text, or has nothing but brackets")
    void malformed() {
        String deep = "{\"manifests\":[],\"x\":" + "[".repeat(31) + "]".repeat(31) + "}";
        assertThat(manifest(put(MediaTypes.OCI_INDEX, deep)).state()).isEqualTo(Fact.State.KNOWN);
        assertUndecidable(
                manifest(put(MediaTypes.OCI_INDEX, deep.replace("[[", "[[[").replace("]]", "]]]"))), "nested");
        assertUndecidable(manifest(put(MediaTypes.OCI_INDEX, "{\"manifests\":[],\"manifests\":[]}")), "a name twice");
        assertUndecidable(manifest(put(MediaTypes.OCI_INDEX, "{\"manifests\":[]} {}")), "more text");
        assertUndecidable(manifest(put(MediaTypes.OCI_INDEX, "[]")), "not a JSON object");
        String many = "{\"manifests\":[],\"x\":[" + "{},".repeat(90_000) + "0]}";
        assertThat(manifest(put(MediaTypes.OCI_INDEX, many)).state()).isEqualTo(Fact.State.KNOWN);
        assertUndecidable(
                manifest(put(MediaTypes.OCI_INDEX, many.replace("[{}", "[" + "{},".repeat(20_000) + "{}"))), "tokens");
    }

    @Test
    @DisplayName("an index that lists another index, nothing, more than 32 images, or an image with another size")
    void indexes() {
        String entry =
                "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d,\"platform\":{\"os\":\"%s\",\"architecture\":\"%s\"}}";
        int size = imageManifest(DIGEST, CONFIG.length()).length();
        String good = entry.formatted(MediaTypes.OCI_MANIFEST, honest, size, "linux", "amd64");
        String attestation = entry.formatted(MediaTypes.OCI_MANIFEST, DIGEST, 1, "unknown", "unknown");
        assertThat(metadata(index(good, attestation)).value().orElseThrow().images())
                .hasSize(1);
        assertUndecidable(metadata(index(attestation)), "lists no image");
        for (String platform : new String[] {"{}", "{\"os\":\"unknown\"}", "{\"architecture\":\"unknown\"}"}) {
            String silent = good.replace("{\"os\":\"linux\",\"architecture\":\"amd64\"}", platform);
            assertThat(metadata(index(good, silent)).value().orElseThrow().images())
                    .hasSize(2);
        }
        assertUndecidable(
                metadata(index(good, entry.formatted(MediaTypes.OCI_INDEX, DIGEST, 1, "linux", "arm64"))),
                "another index");
        assertUndecidable(
                metadata(index(good.replace("\"size\":" + size, "\"size\":1"))), "another size or media type");
        assertUndecidable(metadata(index(good.replace(honest.toString(), DIGEST.toString()))), "is part of the image");
        assertThat(metadata(index(IntStream.range(0, 32).mapToObj(i -> good).toArray(String[]::new)))
                        .state())
                .isEqualTo(Fact.State.KNOWN);
        assertUndecidable(
                metadata(index(IntStream.range(0, 33).mapToObj(i -> good).toArray(String[]::new))),
                "expected at most 32");
    }

    private Digest index(String... entries) {
        return put(
                MediaTypes.OCI_INDEX,
                IntStream.range(0, entries.length)
                        .mapToObj(i -> entries[i])
                        .collect(Collectors.joining(",", "{\"manifests\":[", "]}")));
    }

    @Test
    @DisplayName("a blob that is longer or shorter than its descriptor says")
    void lyingSize() {
        Digest blob = registry.blob("a/b", "12345");
        assertThat(blob(blob, 5).state()).isEqualTo(Fact.State.KNOWN);
        assertUndecidable(blob(blob, 4), "longer than 4 bytes");
        assertUndecidable(blob(blob, 6), "has 5 bytes, expected 6");
        assertUndecidable(blob(blob, 17 << 20), "expected at most 16777216");
        registry.at(
                "/v2/a/b/blobs/" + blob, FakeRegistry.declaring("x/y", 5, "54321".getBytes(StandardCharsets.UTF_8)));
        assertUndecidable(blob(blob, 5), "has the digest");
    }

    private Fact<byte[]> blob(Digest digest, long size) {
        Descriptor descriptor = new Descriptor("x/y", digest, size, Optional.empty(), Optional.empty(), Map.of());
        return await(registries.blob(image(registry, "a/b"), descriptor));
    }

    @Test
    @DisplayName("a manifest that declares too many bytes is not read; one that is endless is read up to the limit")
    void tooLong() {
        registry.at(
                "/v2/a/b/manifests/" + DIGEST,
                FakeRegistry.declaring(MediaTypes.OCI_MANIFEST, (4 << 20) + 1, new byte[10]));
        assertUndecidable(manifest(DIGEST), "longer than 4194304 bytes");
        registry.at("/v2/a/b/manifests/" + DIGEST, registry.endless(MediaTypes.OCI_MANIFEST));
        assertUndecidable(manifest(DIGEST), "longer than 4194304 bytes");
        assertThat(registry.sent.get()).isLessThan(16 << 20);
    }

    @Test
    @DisplayName("an answer that is compressed, though nothing was asked for")
    void compressed() {
        registry.at(
                "/v2/a/b/manifests/" + DIGEST,
                FakeRegistry.json("{}", "Content-Encoding", "gzip", "Content-Type", MediaTypes.OCI_INDEX));
        assertUndecidable(manifest(DIGEST), "compressed");
    }

    @Test
    @DisplayName("a body that drips, or ends early, while the registry itself answers")
    void slowBody() {
        registries = open(SHORT, plainEntry(registry).build());
        registry.at("/v2/a/b/manifests/" + DIGEST, registry.drip(MediaTypes.OCI_MANIFEST));
        assertUndecidable(manifest(DIGEST), "the registry itself answers");
        registry.at(
                "/v2/a/b/manifests/" + DIGEST, FakeRegistry.declaring(MediaTypes.OCI_MANIFEST, 1_000, new byte[10]));
        assertUndecidable(manifest(DIGEST), "the registry itself answers");
    }

    @Test
    @DisplayName("a list of referrers whose next page is elsewhere, or that is endless")
    void pages() {
        String path = "/v2/a/b/referrers/" + honest;
        String entry = "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":1}".formatted(MediaTypes.OCI_MANIFEST, DIGEST);
        String list = "{\"manifests\":[" + entry + "]}";
        registry.at(path, exchange -> {
            boolean last = "page=2".equals(exchange.getRequestURI().getQuery());
            String[] link = last ? new String[0] : new String[] {"Link", "<" + path + "?page=2>; rel=\"next\""};
            FakeRegistry.json(list, link).to(exchange);
        });
        assertThat(referrers().state()).isEqualTo(Fact.State.KNOWN);
        assertThat(registry.count(path)).isEqualTo(2);
        registry.at(path, FakeRegistry.json(list, "Link", "</v2/a/c/referrers/x>; rel=\"next\""));
        assertUndecidable(referrers(), "another path");
        registry.at(path, FakeRegistry.json(list, "Link", "<http://169.254.169.254" + path + ">; rel=\"next\""));
        assertUndecidable(referrers(), "without TLS");
        registry.at(path, FakeRegistry.json(list, "Link", "<" + path + ">; rel=\"next\""));
        assertUndecidable(referrers(), "more than 100 pages");
        registry.at(path, FakeRegistry.json(list, "Link", "<" + path + ">; title=\"x\"; rel=\"next\""));
        assertUndecidable(referrers(), "expected <URL>; rel=");
        registry.at(path, FakeRegistry.json(list, "Link", "<" + path + "?page=0>; rel=\"prev\""));
        assertThat(referrers().state()).isEqualTo(Fact.State.KNOWN);
        String many = "{\"manifests\":[" + (entry + ",").repeat(1_000) + entry + "]}";
        registry.at(path, FakeRegistry.json(many));
        assertUndecidable(referrers(), "more than 1000 referrers");
    }

    @Test
    @DisplayName("a long annotation, or a hundred thousand short labels, does not fit into a cache of 1 MiB")
    void heavyAnswers() throws InterruptedException {
        RegistryLimits limits = RegistryLimits.DEFAULTS;
        registries = open(
                limits.toBuilder().cacheBytes(1 << 20).build(),
                plainEntry(registry).build());
        String path = "/v2/a/b/referrers/" + honest;
        registry.at(
                path,
                FakeRegistry.json("{\"manifests\":[{\"digest\":\"%s\",\"size\":1,\"annotations\":{\"a\":\"%s\"}}]}"
                        .formatted(DIGEST, "x".repeat(2 << 20))));
        assertAskedAgain(path, () -> registries.referrers(image(registry, "a/b"), honest));
        String labels = IntStream.range(0, 90_000)
                .mapToObj(i -> "\"" + Integer.toString(i, 36) + "\":\"\"")
                .collect(Collectors.joining(","));
        String config = "{\"os\":\"linux\",\"architecture\":\"amd64\",\"config\":{\"Labels\":{" + labels + "}}}";
        Digest blob = registry.blob("a/b", config);
        Digest image = put(MediaTypes.OCI_MANIFEST, imageManifest(blob, config.length()));
        assertAskedAgain("/v2/a/b/blobs/" + blob, () -> registries.metadata(image(registry, "a/b"), image));
    }

    private void assertAskedAgain(String path, Supplier<CompletableFuture<? extends Fact<?>>> question)
            throws InterruptedException {
        for (int i = 0; i < 1_500 && registry.count(path) < 2; i++) {
            assertThat(question.get().join().state()).isEqualTo(Fact.State.KNOWN);
            Thread.sleep(20); // the cache evicts in the background
        }
        assertThat(registry.count(path)).isEqualTo(2);
    }

    private Fact<Referrers> referrers() {
        Registries fresh = open(registry);
        return await(fresh.referrers(image(registry, "a/b"), honest));
    }
}
