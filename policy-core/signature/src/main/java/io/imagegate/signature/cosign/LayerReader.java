package io.imagegate.signature.cosign;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.crypto.HashAlgorithm;
import io.imagegate.signature.crypto.MessageSource;
import io.imagegate.signature.crypto.SignedMessage;
import io.imagegate.signature.encoding.Base64Text;
import io.imagegate.signature.encoding.Bytes;
import io.imagegate.signature.encoding.JsonObject;
import io.imagegate.signature.encoding.PemBlocks;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Reads signatures and attestations as cosign 2 stores them: a layer, and annotations with everything about it. */
public final class LayerReader {

    public static final String SIMPLE_SIGNING = "application/vnd.dev.cosign.simplesigning.v1+json";
    static final String ENVELOPE = "application/vnd.dsse.envelope.v1+json";

    private static final String SIGNATURE = "dev.cosignproject.cosign/signature";
    private static final String CERTIFICATE = "dev.sigstore.cosign/certificate";
    private static final String CHAIN = "dev.sigstore.cosign/chain";
    private static final String ENTRY = "dev.sigstore.cosign/bundle";
    private static final String TIMESTAMP = "dev.sigstore.cosign/rfc3161timestamp";

    private static final String TYPE = "cosign container image signature";
    private static final int LONGEST_CHAIN = 10;
    private static final int LONGEST_PAYLOAD = 1024 * 1024;

    private final Crypto crypto;
    private final KnownArtifact artifact;
    private final Map<String, String> annotations;

    LayerReader(Crypto crypto, KnownArtifact artifact, Map<String, String> annotations) {
        this.crypto = crypto;
        this.artifact = artifact;
        this.annotations = annotations;
    }

    /** Reads a payload of simple signing. */
    ParsedSignature simpleSigning(byte[] payload) {
        if (payload.length > LONGEST_PAYLOAD) {
            throw Refusal.undecidable("the payload has more than " + LONGEST_PAYLOAD + " bytes");
        }
        String signature =
                annotation(SIGNATURE).orElseThrow(() -> Refusal.format("the layer has no annotation " + SIGNATURE));
        byte[] bytes = Base64Text.decode("the annotation of the signature", signature);
        SignedMessage signed = new SignedMessage(MessageSource.of(payload), Optional.empty());
        return parsed(signed, Bytes.of(bytes), MessageSource.of(bytes), () -> content(payload));
    }

    private Content content(byte[] payload) {
        JsonObject document = JsonObject.read("the payload", payload);
        JsonObject critical = document.requiredObject("critical");
        if (!critical.requiredText("type").equals(TYPE)) {
            throw Refusal.violated(
                    SignatureFault.CONTENT,
                    "the payload is of the type " + Refusal.shown(critical.requiredText("type")) + ", expected "
                            + TYPE);
        }
        String digest = critical.requiredObject("image").requiredText("docker-manifest-digest");
        int colon = digest.indexOf(':');
        boolean same = colon > 0
                && artifact.has(
                        crypto, HashAlgorithm.ofDigest(digest.substring(0, colon)), digest.substring(colon + 1));
        if (!same) {
            throw Refusal.violated(
                    SignatureFault.DIGEST, "the payload is about " + Refusal.shown(digest) + ", expected " + artifact);
        }
        return Content.imageSignature("simple signing", document.textsByName("optional"));
    }

    /** Reads an envelope, whose signature is in it and not in the annotation. */
    ParsedSignature attestation(byte[] document) {
        if (annotation(SIGNATURE).filter(text -> !text.isEmpty()).isPresent()) {
            throw Refusal.format("the layer has an envelope and a signature beside it");
        }
        Envelope envelope = Envelope.read(JsonObject.read("the envelope", document));
        Supplier<Content> content = () -> StatementReader.read(crypto, envelope.payload(), artifact);
        return parsed(envelope.signed(), envelope.signature(), MessageSource.of(document), content);
    }

    private ParsedSignature parsed(
            SignedMessage signed, Bytes signature, MessageSource stamped, Supplier<Content> content) {
        List<LogEntry> entries =
                annotation(ENTRY).map(LogEntry::readLegacy).map(List::of).orElse(List.of());
        return ParsedSignature.of(signed, signature, material(), entries, timestamps(), stamped, content);
    }

    private Optional<String> annotation(String name) {
        return Optional.ofNullable(annotations.get(name));
    }

    private List<byte[]> timestamps() {
        return annotation(TIMESTAMP)
                .map(text -> JsonObject.read("the annotation of the timestamp", text)
                        .only(Set.of("SignedRFC3161Timestamp"))
                        .requiredBytes("SignedRFC3161Timestamp"))
                .map(List::of)
                .orElse(List.of());
    }

    private Material material() {
        Optional<String> leaf = annotation(CERTIFICATE);
        Optional<String> chain = annotation(CHAIN).filter(text -> !text.isBlank());
        if (leaf.isEmpty()) {
            if (chain.isPresent()) {
                throw Refusal.format("the layer has a chain without a certificate");
            }
            return Material.key("");
        }
        List<byte[]> encoded = new ArrayList<>(PemBlocks.certificates("the annotation of the certificate", leaf.get()));
        if (encoded.size() != 1) {
            throw Refusal.format(
                    "the annotation of the certificate has " + encoded.size() + " certificates, expected one");
        }
        chain.ifPresent(text -> encoded.addAll(PemBlocks.certificates("the annotation of the chain", text)));
        if (encoded.size() > LONGEST_CHAIN) {
            throw Refusal.undecidable("the layer has more than " + LONGEST_CHAIN + " certificates");
        }
        return Material.of(
                encoded.stream()
                        .map(der -> Certificate.read("the certificate", der))
                        .toList(),
                "");
    }
}
