package io.imagegate.signature;

import io.imagegate.signature.encoding.JsonObject;
import io.imagegate.signature.search.StoredDescriptor;
import io.imagegate.signature.search.StoredManifest;
import io.imagegate.signer.Signer;
import io.imagegate.signer.Trust;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A signature that counts, in parts that can be changed: a content, and annotations by name. */
record Specimen(String name, String mediaType, Map<String, byte[]> parts, Signer signer) {

    private static final String CONTENT = "content";
    private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");
    private static final String ISSUER = "http://127.0.0.1:5070";

    static List<Specimen> all() {
        Trust trust = TestSigners.trust(Recorded.root());
        Signer keyless = TestSigners.keyless(trust, ISSUER, Cosign2Test.IDENTITY, Map.of());
        Signer logged = TestSigners.keys(List.of(Recorded.key("1")), trust);
        Signer office = TestSigners.certificate(List.of(Recorded.bytes("trust/certificate-ca.pem")))
                .identity("release@acme.example")
                .build();
        return List.of(
                referrer("zot", "acme/keyless", keyless),
                referrer("docker-registry", "acme/keyless-attested", keyless),
                referrer("zot", "acme/keylog", logged),
                referrer("zot", "acme/p384", TestSigners.keys(List.of(Recorded.key("p384")))),
                referrer("zot", "acme/certificate", office),
                tagged("zot", "acme/old-certificate", office),
                cosign2Bundle("keyless-1.sigstore.json"),
                cosign2Layer("keyless-manifest.json", "keyless-payload.json"),
                cosign2Layer("keyless-attestation-manifest.json", "keyless-attestation.dsse.json"));
    }

    private static Specimen referrer(String registry, String repository, Signer signer) {
        Recorded store = Recorded.repository(registry, repository);
        StoredDescriptor descriptor = store.referrers(Recorded.IMAGE)
                .join()
                .value()
                .orElseThrow()
                .manifests()
                .get(0);
        return layer(
                store,
                repository,
                store.manifest(descriptor.digest()).join().value().orElseThrow(),
                signer);
    }

    private static Specimen tagged(String registry, String repository, Signer signer) {
        Recorded store = Recorded.repository(registry, repository);
        String tag = "sha256-" + Recorded.IMAGE.hex() + ".sig";
        return layer(store, repository, store.tagged(tag).join().value().orElseThrow(), signer);
    }

    private static Specimen layer(Recorded store, String name, StoredManifest manifest, Signer signer) {
        StoredDescriptor layer = manifest.layers().get(0);
        byte[] content = store.blob(layer).join().value().orElseThrow();
        return of(name, layer.mediaType(), layer.annotations(), content, signer);
    }

    private static Specimen cosign2Bundle(String file) {
        byte[] content = Recorded.bytes("cosign2/" + file);
        return of(file, "application/vnd.dev.sigstore.bundle.v0.3+json", Map.of(), content, cosign2());
    }

    private static Specimen cosign2Layer(String manifest, String content) {
        JsonObject layer = JsonObject.read("manifest", Recorded.bytes("cosign2/" + manifest))
                .objects("layers", 10)
                .get(0);
        return of(
                content,
                layer.requiredText("mediaType"),
                layer.textsByName("annotations"),
                Recorded.bytes("cosign2/" + content),
                cosign2());
    }

    private static Signer cosign2() {
        return Cosign2Test.keyless(Cosign2Test.IDENTITY);
    }

    private static Specimen of(
            String name, String mediaType, Map<String, String> annotations, byte[] content, Signer signer) {
        Map<String, byte[]> parts = new HashMap<>();
        annotations.forEach((key, value) -> parts.put(key, value.getBytes(StandardCharsets.UTF_8)));
        parts.put(CONTENT, content);
        return new Specimen(name, mediaType, parts, signer);
    }

    Specimen with(String part, byte[] changed) {
        Map<String, byte[]> copy = new HashMap<>(parts);
        copy.put(part, changed);
        return new Specimen(name, mediaType, copy, signer);
    }

    Verdict verify() {
        Map<String, String> annotations = new HashMap<>();
        parts.forEach((key, value) -> annotations.put(key, new String(value, StandardCharsets.UTF_8)));
        byte[] content = parts.getOrDefault(CONTENT, new byte[0]);
        annotations.remove(CONTENT);
        StoredSignature signature = StoredSignature.layer(mediaType, annotations, content);
        return Verifier.create().verify(signature, Artifact.of(Recorded.IMAGE), signer, NOW);
    }

    /** Whether a verdict says nothing that another one does not say. Evidence may be missing: anybody can leave it out. */
    static boolean saysNoMore(Verdict.Verified verified, Verdict.Verified original) {
        return verified.signatory().equals(original.signatory())
                && verified.issued().equals(original.issued())
                && original.times().containsAll(verified.times())
                && original.entries().containsAll(verified.entries())
                && !isLater(verified.until(), original.until())
                && content(verified.content()).equals(content(original.content()));
    }

    /** Without an end is later than with any. */
    private static boolean isLater(Optional<Instant> end, Optional<Instant> original) {
        return original.isPresent() && (end.isEmpty() || end.get().isAfter(original.get()));
    }

    private static String content(SignedContent content) {
        try (InputStream predicate = content.openPredicate()) {
            return content + " " + new String(predicate.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
