package io.imagegate.signature.search;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.crypto.HashAlgorithm;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;

/**
 * The layers that a search has met, by media type, annotations and content. It keeps hashes: annotations have megabytes, and
 * whoever could make two that look the same would hide a signature.
 */
final class KnownLayers {

    private static final Crypto CRYPTO = new Crypto(null);

    private final Set<ByteBuffer> hashes = new HashSet<>();

    /** {@return whether no such layer was met before} */
    boolean add(StoredDescriptor layer) {
        StringBuilder text = new StringBuilder();
        append(text, layer.mediaType());
        append(text, layer.digest().toString());
        append(text, Long.toString(layer.size()));
        new TreeMap<>(layer.annotations()).forEach((name, value) -> {
            append(text, name);
            append(text, value);
        });
        // Not in UTF-8, which has one replacement for all lone surrogates.
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * Character.BYTES);
        bytes.asCharBuffer().append(text);
        return hashes.add(ByteBuffer.wrap(CRYPTO.digest(HashAlgorithm.SHA256, bytes.array())));
    }

    private static void append(StringBuilder to, String part) {
        to.append(part.length()).append(':').append(part);
    }
}
