package io.imagegate.signature.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import io.imagegate.signature.Recorded;
import io.imagegate.signature.SignedContent;
import io.imagegate.signature.TestBundle;
import io.imagegate.signature.TestKey;
import io.imagegate.signature.TestLog;
import io.imagegate.signature.TestSigners;
import io.imagegate.signature.Verdict;
import io.imagegate.signature.Verdicts;
import io.imagegate.signature.Verifier;
import io.imagegate.signer.SignatureFault;
import io.imagegate.signer.Signer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where signatures of an image are found, and what counts there. */
class SearchTest {

    private static final Digest IMAGE = Recorded.IMAGE;
    private static final String BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";
    private static final String VULN = "https://cosign.sigstore.dev/attestation/vuln/v1";

    private final TestKey key = TestKey.p256();
    private final Signer signer = TestSigners.keys(List.of(TestSigners.key(key.pem())));
    private final MemoryStore store = new MemoryStore();
    private final List<SignatureFinding> found = new ArrayList<>();

    private byte[] statement(String type) {
        return TestBundle.by(key)
                .payload(TestBundle.statement(IMAGE, type, "{}"))
                .json()
                .getBytes(StandardCharsets.UTF_8);
    }

    private StoredManifest bundle(int number, String type) {
        StoredDescriptor layer = store.blob(number + 10_000, BUNDLE, statement(type), Map.of());
        return store.manifest(number, Optional.of(IMAGE), layer);
    }

    private SearchEnd signatures() {
        return search(finding -> found.add(finding)).join();
    }

    private CompletableFuture<SearchEnd> search(SignatureVisitor visitor) {
        return new SignatureSearch(Verifier.create(), store)
                .signatures(IMAGE, List.of(signer), Instant.EPOCH.plusSeconds(1_800_000_000), visitor);
    }

    private SearchEnd attestations(String type) {
        return new SignatureSearch(Verifier.create(), store)
                .attestations(IMAGE, type, List.of(signer), Instant.now(), finding -> found.add(finding))
                .join();
    }

    private long verified() {
        return found.stream()
                .filter(finding -> finding.verdicts().get(0) instanceof Verdict.Verified)
                .count();
    }

    @Test
    @DisplayName("nothing anywhere: complete, nothing missing, nothing found")
    void nothing() {
        assertThat(signatures()).isEqualTo(new SearchEnd(true, 0, Optional.empty(), ""));
        assertThat(found).isEmpty();
    }

    @Test
    @DisplayName("an attestation in place of a signature violates, and a signature in place of an attestation")
    void whatCounts() {
        store.refer(bundle(1, VULN), Map.of());
        signatures();
        assertThat(found).hasSize(1);
        Verdicts.violates(found.get(0).verdicts().get(0), SignatureFault.CONTENT, VULN, "which is no signature");
        found.clear();
        attestations(VULN);
        assertThat(verified()).isEqualTo(1);
        found.clear();
        attestations("https://slsa.dev/provenance/v1");
        assertThat(verified()).isZero();
        store.refer(bundle(2, SignedContent.COSIGN_SIGN), Map.of());
        signatures();
        assertThat(verified()).isEqualTo(1);
    }

    @Test
    @DisplayName("simple signing counts in .sig and in manifests that refer to the image, not in .att")
    void simpleSigning() {
        byte[] payload = ("{\"critical\":{\"identity\":{},\"image\":{\"docker-manifest-digest\":\"" + IMAGE
                        + "\"},\"type\":\"cosign container image signature\"}}")
                .getBytes(StandardCharsets.UTF_8);
        StoredDescriptor layer = store.blob(
                1,
                "application/vnd.dev.cosign.simplesigning.v1+json",
                payload,
                Map.of("dev.cosignproject.cosign/signature", TestLog.base64(key.sign(payload))));
        String tag = "sha256-" + IMAGE.hex();
        store.tags.put(tag + ".att", Fact.known(store.manifest(2, Optional.empty(), layer)));
        signatures();
        attestations(VULN);
        assertThat(found).isEmpty();
        StoredManifest manifest = store.manifest(3, Optional.of(IMAGE), layer, layer);
        store.tags.put(tag + ".sig", Fact.known(manifest));
        store.refer(manifest, Map.of());
        assertThat(signatures().manifests()).isEqualTo(1);
        assertThat(found).extracting(SignatureFinding::layer).containsExactly(0, 1);
        found.clear();
        store.tags.clear();
        signatures();
        assertThat(verified()).isEqualTo(2);
        found.clear();
        store.tags.put(tag + ".sig", Fact.known(store.manifest(4, Optional.of(MemoryStore.digest(99)), layer)));
        store.listed.clear();
        signatures();
        assertThat(found).isEmpty();
    }

    @Test
    @DisplayName("a manifest with another subject or none is skipped, one with another size violates")
    void subjects() {
        StoredDescriptor layer = store.blob(1, BUNDLE, statement(SignedContent.COSIGN_SIGN), Map.of());
        store.refer(store.manifest(2, Optional.of(MemoryStore.digest(99)), layer), Map.of());
        store.refer(store.manifest(3, Optional.empty(), layer), Map.of());
        assertThat(signatures().missing()).isEmpty();
        assertThat(found).isEmpty();
        StoredManifest manifest = store.manifest(4, Optional.of(IMAGE), layer);
        store.manifests.put(manifest.digest(), manifest);
        store.listed.add(new StoredDescriptor(manifest.mediaType(), manifest.digest(), 99, Map.of()));
        signatures();
        Verdicts.violates(found.get(0).verdicts().get(0), SignatureFault.FORMAT, "another size");
    }

    @Test
    @DisplayName("what cannot be read is missing, and undecidable outweighs unavailable")
    void missing() {
        store.tags.put("sha256-" + IMAGE.hex() + ".sig", Fact.unavailable("down"));
        store.refer(bundle(1, SignedContent.COSIGN_SIGN), Map.of());
        SearchEnd end = signatures();
        assertThat(end.missing()).contains(Fact.State.UNAVAILABLE);
        assertThat(end.reason()).isEqualTo("down");
        assertThat(verified()).isEqualTo(1);
        store.blobs.clear();
        assertThat(signatures().missing()).contains(Fact.State.UNDECIDABLE);
        store.manifests.clear();
        assertThat(signatures().reason()).contains("is listed, but does not exist");
        store.listed.clear();
        store.missing = Optional.of(Fact.State.UNDECIDABLE);
        assertThat(signatures().reason()).contains("the referrers: 403");
    }

    @Test
    @DisplayName("the wanted type comes first by annotation, then those without annotation")
    void order() {
        store.refer(bundle(1, VULN), Map.of("dev.sigstore.bundle.predicateType", VULN));
        store.refer(bundle(2, SignedContent.COSIGN_SIGN), Map.of());
        store.refer(
                bundle(3, SignedContent.COSIGN_SIGN),
                Map.of("dev.sigstore.bundle.predicateType", SignedContent.COSIGN_SIGN));
        assertThat(signatures().complete()).isTrue();
        assertThat(found)
                .extracting(SignatureFinding::manifest)
                .containsExactly(MemoryStore.digest(3), MemoryStore.digest(2), MemoryStore.digest(1));
        store.asked.clear();
        SearchEnd end = search(finding -> false).join();
        assertThat(end.complete()).isFalse();
        assertThat(store.asked).containsExactly(MemoryStore.digest(3).toString());
    }

    @Tag("slow")
    @Test
    @DisplayName("at most 1,000 manifests are read; more are undecidable")
    void limit() {
        store.async = true;
        StoredManifest one = bundle(1, VULN);
        for (int i = 0; i < 1001; i++) {
            store.refer(
                    store.manifest(20_000 + i, Optional.of(IMAGE), one.layers().get(0)), Map.of());
        }
        SearchEnd end = signatures();
        assertThat(end.missing()).contains(Fact.State.UNDECIDABLE);
        assertThat(end.reason()).contains("more than 1000 manifests");
        assertThat(found).hasSize(1000);
    }

    @Tag("slow")
    @Test
    @DisplayName("a thousand answers at once need no deep stack, and each layer must name the size of its content")
    void deep() {
        StoredManifest one = bundle(1, VULN);
        StoredDescriptor[] layers = new StoredDescriptor[900];
        Arrays.fill(layers, one.layers().get(0));
        store.refer(store.manifest(2, Optional.of(IMAGE), layers), Map.of());
        assertThat(signatures().missing()).isEmpty();
        assertThat(found).hasSize(900);
        layers[1] = new StoredDescriptor(BUNDLE, MemoryStore.digest(10_001), layers[0].size() + 1, Map.of());
        store.manifests.put(MemoryStore.digest(2), store.manifest(2, Optional.of(IMAGE), layers));
        assertThat(signatures().missing()).contains(Fact.State.UNDECIDABLE);
        assertThat(found).hasSize(900 + 899);
    }

    @Test
    @DisplayName("an image with a digest that no tag can hold is found by what refers to it")
    void longDigest() {
        Digest image = Digest.parse("sha512:" + "ab".repeat(64));
        byte[] body = TestBundle.by(key)
                .payload(TestBundle.statement(image, SignedContent.COSIGN_SIGN, "{}"))
                .json()
                .getBytes(StandardCharsets.UTF_8);
        StoredDescriptor layer = store.blob(1, BUNDLE, body, Map.of());
        store.refer(store.manifest(2, Optional.of(image), layer), Map.of());
        store.tags.put("sha512-" + image.hex() + ".sig", Fact.undecidable("asked for a tag that cannot be"));
        SearchEnd end = new SignatureSearch(Verifier.create(), store)
                .signatures(image, List.of(signer), Instant.now(), finding -> found.add(finding))
                .join();
        assertThat(end.missing()).isEmpty();
        assertThat(verified()).isEqualTo(1);
    }

    @Test
    @DisplayName("what a visitor throws ends the search")
    void visitorThrows() {
        store.refer(bundle(1, VULN), Map.of());
        CompletableFuture<SearchEnd> end = search(finding -> {
            throw new IllegalStateException("visitor");
        });
        assertThatThrownBy(end::join).hasRootCauseMessage("visitor");
    }
}
