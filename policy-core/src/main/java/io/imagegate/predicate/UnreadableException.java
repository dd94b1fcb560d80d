package io.imagegate.predicate;

import io.imagegate.fact.Fact;
import java.util.function.Supplier;

/** Ends the reading of a predicate that does not have the expected form, or more than a limit. It never leaves this package. */
final class UnreadableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableException(String message) {
        super(message, null, false, false);
    }

    /** {@return what a reader reads; undecidable if it cannot} */
    static <T> Fact<T> guard(Supplier<Fact<T>> reader) {
        try {
            return reader.get();
        } catch (UnreadableException e) {
            return Fact.undecidable(String.valueOf(e.getMessage()));
        }
    }
}
