package io.imagegate.signature;

import java.util.Map;
import java.util.Objects;

/**
 * One signature or attestation as it is stored, not read yet. It keeps the bytes, which must not change.
 *
 * @since 0.1
 */
public final class CosignSignature {

    private final String mediaType;
    private final Map<String, String> annotations;
    private final byte[] content;

    private CosignSignature(String mediaType, Map<String, String> annotations, byte[] content) {
        this.mediaType = mediaType;
        this.annotations = annotations;
        this.content = content;
    }

    /**
     * {@return a bundle of sigstore, version 0.1, 0.2 or 0.3}
     *
     * @param bundle its JSON
     */
    public static CosignSignature bundle(byte[] bundle) {
        return new CosignSignature("", Map.of(), Objects.requireNonNull(bundle, "bundle"));
    }

    /**
     * {@return a layer of a manifest: a bundle, a payload of simple signing, or an envelope of DSSE}
     *
     * @param mediaType of the layer
     * @param annotations of the layer
     * @param content of the layer, whose digest was checked
     */
    public static CosignSignature layer(String mediaType, Map<String, String> annotations, byte[] content) {
        Objects.requireNonNull(mediaType, "mediaType");
        return new CosignSignature(mediaType, Map.copyOf(annotations), Objects.requireNonNull(content, "content"));
    }

    /** {@return whether a media type is one of a layer that may count as a signature} */
    static boolean isSignature(String mediaType) {
        return mediaType.equals(LayerReader.SIMPLE_SIGNING) || BundleReader.isType(mediaType);
    }

    /** {@return whether a media type is one of a layer that may count as an attestation} */
    static boolean isAttestation(String mediaType) {
        return mediaType.equals(LayerReader.ENVELOPE) || BundleReader.isType(mediaType);
    }

    ParsedSignature read(Crypto crypto, Artifact artifact) {
        return switch (mediaType) {
            case LayerReader.SIMPLE_SIGNING -> new LayerReader(crypto, artifact, annotations).simpleSigning(content);
            case LayerReader.ENVELOPE -> new LayerReader(crypto, artifact, annotations).attestation(content);
            default -> {
                if (!mediaType.isEmpty() && !BundleReader.isType(mediaType)) {
                    throw Refusal.format("the layer is of the media type " + Refusal.shown(mediaType)
                            + ", expected a bundle, simple signing or an envelope");
                }
                yield new BundleReader(crypto, artifact).read(content);
            }
        };
    }

    /** {@return media type and length, for logs and debuggers} */
    @Override
    public String toString() {
        return (mediaType.isEmpty() ? "bundle" : mediaType) + " of " + content.length + " bytes";
    }
}
