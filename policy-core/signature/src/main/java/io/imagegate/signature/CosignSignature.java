package io.imagegate.signature;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.format.ParsedSignature;
import io.imagegate.signature.format.SignatureReader;
import io.imagegate.text.Copies;
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
     * {@return a layer of a manifest: a bundle, a payload of simple signing, an envelope of DSSE, or a signature of Notation}
     *
     * @param mediaType of the layer
     * @param annotations of the layer
     * @param content of the layer, whose digest was checked
     */
    public static CosignSignature layer(String mediaType, Map<String, String> annotations, byte[] content) {
        Objects.requireNonNull(mediaType, "mediaType");
        return new CosignSignature(mediaType, Copies.of(annotations), Objects.requireNonNull(content, "content"));
    }

    ParsedSignature read(Crypto crypto, Artifact artifact) {
        SignatureReader reader = new SignatureReader(crypto, artifact.known());
        return mediaType.isEmpty() ? reader.bundle(content) : reader.layer(mediaType, annotations, content);
    }

    /** {@return media type and length, for logs and debuggers} */
    @Override
    public String toString() {
        return (mediaType.isEmpty() ? "bundle" : mediaType) + " of " + content.length + " bytes";
    }
}
