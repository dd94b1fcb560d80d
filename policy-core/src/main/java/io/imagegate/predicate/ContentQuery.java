package io.imagegate.predicate;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;

/**
 * Says what to extract of a predicate, beside single values. The document is read as a stream and not kept. Implementations are
 * immutable and thread-safe; equal queries extract the same.
 *
 * @param <T> what is extracted
 * @since 0.1
 */
public interface ContentQuery<T extends PredicateContent> {

    /**
     * Extracts what this asks for. Whatever the document says, this throws no exception of its own; those of the value pass.
     *
     * @param predicate the predicate
     * @param image the digest that is attested
     * @return the content; undecidable if the document has another form, or more than a limit
     */
    Fact<T> read(JsonValue predicate, Digest image);

    /** {@return what is asked for, for the keys of caches} */
    String key();
}
