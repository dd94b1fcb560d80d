package io.imagegate.signature.format;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.notation.NotationEnvelope;
import io.imagegate.signature.refusal.Refusal;
import java.util.Map;

/** Reads a signature or attestation in any form in which cosign and Notation store them. */
public final class SignatureReader {

    private final Crypto crypto;
    private final KnownArtifact artifact;

    /** Reads signatures that must be about an artifact. */
    public SignatureReader(Crypto crypto, KnownArtifact artifact) {
        this.crypto = crypto;
        this.artifact = artifact;
    }

    /** {@return whether a media type is one of a layer that may count as a signature} */
    public static boolean isSignature(String mediaType) {
        return mediaType.equals(LayerReader.SIMPLE_SIGNING)
                || BundleReader.isType(mediaType)
                || NotationEnvelope.isType(mediaType);
    }

    /** {@return whether a media type is one of a layer that may count as an attestation} */
    public static boolean isAttestation(String mediaType) {
        return mediaType.equals(LayerReader.ENVELOPE) || BundleReader.isType(mediaType);
    }

    /** {@return whether a media type is one of signatures of Notation, which are about a manifest, not only its digest} */
    public static boolean isNotation(String mediaType) {
        return NotationEnvelope.isType(mediaType);
    }

    /** {@return a bundle of sigstore} */
    public ParsedSignature bundle(byte[] content) {
        return new BundleReader(crypto, artifact).read(content);
    }

    /** {@return a layer of a manifest, in the form that its media type says} */
    public ParsedSignature layer(String mediaType, Map<String, String> annotations, byte[] content) {
        return switch (mediaType) {
            case LayerReader.SIMPLE_SIGNING -> new LayerReader(crypto, artifact, annotations).simpleSigning(content);
            case LayerReader.ENVELOPE -> new LayerReader(crypto, artifact, annotations).attestation(content);
            default -> {
                if (NotationEnvelope.isType(mediaType)) {
                    yield new NotationReader(crypto, artifact).read(mediaType, content);
                }
                if (!BundleReader.isType(mediaType)) {
                    throw Refusal.format("the layer is of the media type " + Refusal.shown(mediaType)
                            + ", expected a bundle, simple signing, an envelope, or a signature of Notation");
                }
                yield bundle(content);
            }
        };
    }
}
