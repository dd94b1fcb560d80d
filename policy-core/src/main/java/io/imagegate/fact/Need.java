package io.imagegate.fact;

import io.imagegate.reference.Digest;

/**
 * Key of a fact that a rule asks for. Equal needs share one look-up. Implementations are immutable and have
 * {@code equals}, {@code hashCode}, and a {@code toString} that names the fact in messages. The {@code toString} of a known
 * value says it in a few words, for logs and audit annotations.
 *
 * @param <T> the type of the fact's value
 * @since 0.1
 */
public interface Need<T> {

    /** The digest to which the reference resolves. */
    Need<Digest> DIGEST = new NamedNeed<>("digest");

    /** The content of the image's manifest and configuration. */
    Need<ImageMetadata> METADATA = new NamedNeed<>("metadata");
}
