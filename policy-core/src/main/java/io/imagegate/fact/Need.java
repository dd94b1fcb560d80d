package io.imagegate.fact;

import io.imagegate.reference.Digest;

/**
 * A fact that a rule asks for. Two needs of one kind and the same content are equal, so that several rules share one
 * look-up. Implementations are immutable and have {@code equals}, {@code hashCode}, and a {@code toString} that names the
 * need in logs.
 *
 * @param <T> the type of the fact's value
 * @since 0.1
 */
public interface Need<T> {

    /** The digest that the reference stands for now. */
    Need<Digest> DIGEST = new NamedNeed<>("digest");

    /** What manifest and configuration of the image say. */
    Need<ImageMetadata> METADATA = new NamedNeed<>("metadata");
}
