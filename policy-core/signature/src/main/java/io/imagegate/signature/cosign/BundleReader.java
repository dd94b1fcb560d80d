package io.imagegate.signature.cosign;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.crypto.HashAlgorithm;
import io.imagegate.signature.crypto.MessageSource;
import io.imagegate.signature.crypto.SignedMessage;
import io.imagegate.signature.encoding.Bytes;
import io.imagegate.signature.encoding.JsonObject;
import io.imagegate.signature.format.Content;
import io.imagegate.signature.format.Envelope;
import io.imagegate.signature.format.KnownArtifact;
import io.imagegate.signature.format.Material;
import io.imagegate.signature.format.ParsedSignature;
import io.imagegate.signature.format.StatementReader;
import io.imagegate.signature.log.LogEntry;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signature.x509.Certificate;
import io.imagegate.signer.SignatureFault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Reads bundles of sigstore, versions 0.1 to 0.3. */
final class BundleReader {

    private static final String WHAT = "the bundle";
    private static final int MOST = 32;
    private static final int LONGEST_CHAIN = 10;

    /** Both forms of the media type, and the version that each says. */
    private static final Map<String, Integer> VERSIONS = Map.of(
            "application/vnd.dev.sigstore.bundle+json;version=0.1", 1,
            "application/vnd.dev.sigstore.bundle+json;version=0.2", 2,
            "application/vnd.dev.sigstore.bundle+json;version=0.3", 3,
            "application/vnd.dev.sigstore.bundle.v0.1+json", 1,
            "application/vnd.dev.sigstore.bundle.v0.2+json", 2,
            "application/vnd.dev.sigstore.bundle.v0.3+json", 3);

    static final Set<String> TYPES = VERSIONS.keySet();

    private final Crypto crypto;
    private final KnownArtifact artifact;

    BundleReader(Crypto crypto, KnownArtifact artifact) {
        this.crypto = crypto;
        this.artifact = artifact;
    }

    ParsedSignature read(byte[] document) {
        JsonObject bundle = JsonObject.read(WHAT, document)
                .only(Set.of("mediaType", "verificationMaterial", "messageSignature", "dsseEnvelope"));
        String type = bundle.requiredText("mediaType");
        Integer version = VERSIONS.get(type);
        if (version == null) {
            throw Refusal.format(
                    WHAT + " is of the media type " + Refusal.shown(type) + ", expected one of versions 0.1 to 0.3");
        }
        if (bundle.has("messageSignature") == bundle.has("dsseEnvelope")) {
            throw Refusal.format(WHAT + " has no signature, or two");
        }
        JsonObject material = bundle.requiredObject("verificationMaterial")
                .only(Set.of(
                        "publicKey",
                        "x509CertificateChain",
                        "certificate",
                        "tlogEntries",
                        "timestampVerificationData"));
        Optional<JsonObject> envelope = bundle.object("dsseEnvelope");
        return envelope.isPresent()
                ? statement(Envelope.read(envelope.get()), material, version)
                : file(bundle.requiredObject("messageSignature"), material, version);
    }

    private ParsedSignature statement(Envelope envelope, JsonObject material, int version) {
        Supplier<Content> content = () -> StatementReader.read(crypto, envelope.payload(), artifact);
        return parsed(envelope.signed(), envelope.signature(), material, version, content);
    }

    private ParsedSignature file(JsonObject signature, JsonObject material, int version) {
        signature.only(Set.of("messageDigest", "signature"));
        signature.object("messageDigest").ifPresent(this::requireDigest);
        SignedMessage signed = new SignedMessage(artifact.message(), Optional.empty());
        return parsed(signed, Bytes.of(signature.requiredBytes("signature")), material, version, Content::artifact);
    }

    private void requireDigest(JsonObject digest) {
        digest.only(Set.of("algorithm", "digest"));
        HashAlgorithm hash = HashAlgorithm.ofProtobuf(digest.requiredText("algorithm"));
        byte[] known = artifact.digest(crypto, hash);
        if (known.length == 0 || !Arrays.equals(known, digest.requiredBytes("digest"))) {
            throw Refusal.violated(SignatureFault.DIGEST, WHAT + " is about another digest, expected " + artifact);
        }
    }

    private static ParsedSignature parsed(
            SignedMessage signed, Bytes signature, JsonObject material, int version, Supplier<Content> content) {
        List<LogEntry> entries = new ArrayList<>();
        for (JsonObject entry : material.objects("tlogEntries", MOST)) {
            entries.add(LogEntry.read(entry, version == 1));
        }
        return ParsedSignature.of(
                signed,
                signature,
                material(material, version),
                entries,
                timestamps(material),
                MessageSource.of(signature.array()),
                content);
    }

    private static List<byte[]> timestamps(JsonObject material) {
        List<byte[]> timestamps = new ArrayList<>();
        material.object("timestampVerificationData")
                .ifPresent(data -> data.only(Set.of("rfc3161Timestamps"))
                        .objects("rfc3161Timestamps", MOST)
                        .forEach(stamp -> timestamps.add(
                                stamp.only(Set.of("signedTimestamp")).requiredBytes("signedTimestamp"))));
        return timestamps;
    }

    private static Material material(JsonObject material, int version) {
        boolean key = material.has("publicKey");
        boolean chain = material.has("x509CertificateChain");
        boolean single = material.has("certificate");
        if ((key ? 1 : 0) + (chain ? 1 : 0) + (single ? 1 : 0) != 1 || (single && version < 3)) {
            throw Refusal.format(WHAT + " does not have one of a public key, a certificate (from version 0.3 on), or a"
                    + " chain of certificates");
        }
        if (key) {
            return Material.key(material.requiredObject("publicKey")
                    .only(Set.of("hint"))
                    .text("hint")
                    .orElse(""));
        }
        if (single) {
            return Material.of(List.of(certificate(material.requiredObject("certificate"))), "");
        }
        List<Certificate> certificates = material
                .requiredObject("x509CertificateChain")
                .only(Set.of("certificates"))
                .objects("certificates", LONGEST_CHAIN)
                .stream()
                .map(BundleReader::certificate)
                .toList();
        if (certificates.isEmpty()) {
            throw Refusal.format(WHAT + " has an empty chain of certificates");
        }
        return Material.of(certificates, keyless(certificates, version));
    }

    private static String keyless(List<Certificate> chain, int version) {
        if (version >= 3) {
            return "a chain of certificates in a bundle of version 0.3";
        }
        boolean root = chain.stream().skip(1).anyMatch(Certificate::isSelfIssued);
        return root ? "a root certificate in the chain of the bundle" : "";
    }

    private static Certificate certificate(JsonObject certificate) {
        return Certificate.read(
                "the certificate", certificate.only(Set.of("rawBytes")).requiredBytes("rawBytes"));
    }
}
