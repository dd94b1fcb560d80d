package io.imagegate.fact;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing about an image that its name does not say: known with its value, or not, with the reason. Immutable and
 * thread-safe if its value is.
 *
 * @param <T> the type of its value
 * @since 0.1
 */
public final class Fact<T> {

    private static final Fact<Object> PENDING = new Fact<>(State.PENDING, null, "");

    private final State state;
    private final @Nullable T value;
    private final String reason;

    /** Whether a fact is known, and why not. */
    public enum State {
        /** The value is known. */
        KNOWN,
        /** It is proved that there is none: every place where it could be has answered. An error is never absence. */
        ABSENT,
        /** The content, the registry's answer or a limit leaves it open. */
        UNDECIDABLE,
        /** The registry itself does not answer any request. */
        UNAVAILABLE,
        /** Nobody has looked it up yet. */
        PENDING
    }

    private Fact(State state, @Nullable T value, String reason) {
        this.state = state;
        this.value = value;
        this.reason = reason;
    }

    /**
     * {@return a fact that is known}
     *
     * @param value its value
     * @param <T> the type of the value
     */
    public static <T> Fact<T> known(T value) {
        return new Fact<>(State.KNOWN, Objects.requireNonNull(value, "value"), "");
    }

    /**
     * {@return a fact that is absent}
     *
     * @param reason what was looked for and where, as a sentence for the user; not blank
     * @param <T> the type of its value, had it one
     * @throws IllegalArgumentException if the reason is blank
     */
    public static <T> Fact<T> absent(String reason) {
        return unknown(State.ABSENT, reason);
    }

    /**
     * {@return a fact that cannot be decided}
     *
     * @param reason why, as a sentence for the user; not blank
     * @param <T> the type of its value, had it one
     * @throws IllegalArgumentException if the reason is blank
     */
    public static <T> Fact<T> undecidable(String reason) {
        return unknown(State.UNDECIDABLE, reason);
    }

    /**
     * {@return a fact whose registry is down}
     *
     * @param reason what does not answer, as a sentence for the user; not blank
     * @param <T> the type of its value, had it one
     * @throws IllegalArgumentException if the reason is blank
     */
    public static <T> Fact<T> unavailable(String reason) {
        return unknown(State.UNAVAILABLE, reason);
    }

    /** {@return a fact that nobody has looked up} */
    @SuppressWarnings("unchecked") // It has no value.
    static <T> Fact<T> pending() {
        return (Fact<T>) PENDING;
    }

    private static <T> Fact<T> unknown(State state, String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("reason of a fact: expected a sentence, got a blank text");
        }
        return new Fact<>(state, null, reason);
    }

    /** {@return whether it is known, and if not, in which way} */
    public State state() {
        return state;
    }

    /** {@return the value; empty unless the fact is known} */
    public Optional<T> value() {
        return Optional.ofNullable(value);
    }

    /** {@return why the fact is not known; empty if it is known or pending} */
    public String reason() {
        return reason;
    }

    /** {@return the state and the value or the reason, for logs and debuggers} */
    @Override
    public String toString() {
        return state == State.PENDING ? state.name() : state + ": " + (value == null ? reason : value);
    }
}
