package io.imagegate.predicate;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import io.imagegate.syntax.JsonCursor;
import io.imagegate.syntax.SyntaxLimits;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads the predicate of an attestation, a JSON document, as a stream: what is not asked for is skipped. Sources of facts and
 * policy tests read predicates by this class, so that a test finds what a cluster finds. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class PredicateReader {

    /** Longest text that is read; a longer one is too large to compare anyway. */
    private static final int LONGEST = 1 << 16;

    private static final int DEPTH = 64;

    private static final SyntaxLimits LIMITS = SyntaxLimits.builder(LONGEST, DEPTH)
            .numberChars(LONGEST)
            .wholeNames()
            .build();

    private final Supplier<InputStream> json;

    private PredicateReader(Supplier<InputStream> json) {
        this.json = json;
    }

    /**
     * {@return a reader of a predicate}
     *
     * @param json opens it as JSON in UTF-8, each time anew; empty if the statement has none
     */
    public static PredicateReader of(Supplier<InputStream> json) {
        return new PredicateReader(json);
    }

    /**
     * {@return what pointers lead to; those that lead nowhere are left out} Undecidable if a text is too long on the way.
     *
     * @param pointers the pointers
     */
    public Fact<Map<JsonPointer, PredicateValue>> values(Set<JsonPointer> pointers) {
        return UnreadableException.guard(
                () -> Fact.known(pointers.isEmpty() ? Map.of() : PredicateValues.read(open("a condition"), pointers)));
    }

    /**
     * {@return what a query extracts; undecidable if the predicate does not have its form}
     *
     * @param query the query
     * @param image the digest that is attested
     * @param <T> what it extracts
     */
    public <T extends PredicateContent> Fact<T> content(ContentQuery<T> query, Digest image) {
        return UnreadableException.guard(() -> {
            JsonCursor<UnreadableException> cursor = open("a rule");
            return cursor.begin() ? query.read(new JsonValue(cursor), image) : Fact.undecidable("it has no predicate");
        });
    }

    private JsonCursor<UnreadableException> open(String who) {
        return JsonCursor.of(
                json.get(),
                LIMITS,
                (line, column, problem) -> new UnreadableException("the predicate has a text of more than " + LONGEST
                        + " characters where " + who + " looks, or is not JSON"));
    }
}
