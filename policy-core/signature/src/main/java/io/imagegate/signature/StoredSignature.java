package io.imagegate.signature;

import io.imagegate.signature.form.Layer;
import io.imagegate.text.Copies;
import java.util.Map;
import java.util.Objects;

/**
 * One signature or attestation as it is stored, not read yet. It keeps the bytes, which must not change.
 *
 * @since 0.1
 */
public final class StoredSignature {

    private static final String BUNDLE = "application/vnd.dev.sigstore.bundle.v0.3+json";

    private final Layer layer;

    private StoredSignature(Layer layer) {
        this.layer = layer;
    }

    /**
     * {@return a bundle of sigstore, version 0.1, 0.2 or 0.3}
     *
     * @param bundle its JSON, which says the version
     */
    public static StoredSignature bundle(byte[] bundle) {
        return layer(BUNDLE, Map.of(), Objects.requireNonNull(bundle, "bundle"));
    }

    /**
     * {@return a layer of a manifest: a bundle, a payload of simple signing, an envelope of DSSE, or a signature of Notation}
     *
     * @param mediaType of the layer
     * @param annotations of the layer
     * @param content of the layer, whose digest was checked
     */
    public static StoredSignature layer(String mediaType, Map<String, String> annotations, byte[] content) {
        Objects.requireNonNull(mediaType, "mediaType");
        Objects.requireNonNull(content, "content");
        return new StoredSignature(new Layer(mediaType, Copies.of(annotations), content));
    }

    Layer layer() {
        return layer;
    }

    /** {@return media type and length, for logs and debuggers} */
    @Override
    public String toString() {
        return layer.mediaType() + " of " + layer.content().length + " bytes";
    }
}
