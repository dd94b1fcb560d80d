package io.imagegate.springboot;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Why the application cannot start, and what to do, in terms of its properties. */
final class StartFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    StartFailure(String description, String action, @Nullable Throwable cause) {
        super(description, cause);
        this.action = action;
    }

    /** {@return what the supplier gives; an invalid value is refused with the name of its property} */
    static <T> T naming(String property, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException invalid) {
            throw new StartFailure(property + ": " + invalid.getMessage(), "Correct the property.", invalid);
        }
    }

    /** {@return what to do} */
    String action() {
        return action;
    }
}
