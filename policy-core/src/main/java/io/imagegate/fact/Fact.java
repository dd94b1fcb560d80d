package io.imagegate.fact;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Fact about the content of an image: its value, or the reason why it is unknown. Immutable and thread-safe if its value is.
 *
 * @param <T> the type of its value
 * @since 0.1
 */
public final class Fact<T> {

    private static final Fact<Object> PENDING = new Fact<>(State.PENDING, null, "", null, false);

    private final State state;
    private final @Nullable T value;
    private final String reason;
    private final @Nullable Throwable failure;
    private final boolean cached;

    /** State of a fact. */
    public enum State {
        /** The value is known. */
        KNOWN,
        /** The fact does not exist: every place where it could be was read. An error never means absent. */
        ABSENT,
        /** The fact cannot be decided, because of the content, the registry's answer or a limit. */
        UNDECIDABLE,
        /** The registry is down. */
        UNAVAILABLE,
        /** The fact was not looked up yet. */
        PENDING
    }

    private Fact(State state, @Nullable T value, String reason, @Nullable Throwable failure, boolean cached) {
        this.state = state;
        this.value = value;
        this.reason = reason;
        this.failure = failure;
        this.cached = cached;
    }

    /**
     * {@return a fact that is known}
     *
     * @param value its value
     * @param <T> the type of the value
     */
    public static <T> Fact<T> known(T value) {
        return new Fact<>(State.KNOWN, Objects.requireNonNull(value, "value"), "", null, false);
    }

    /**
     * {@return a fact that is absent}
     *
     * @param reason what was looked up and where, as a sentence for the user; not blank
     * @param <T> the type of its value, had it one
     * @throws IllegalArgumentException if the reason is blank
     */
    public static <T> Fact<T> absent(String reason) {
        return unknown(State.ABSENT, reason, null);
    }

    /**
     * {@return a fact that cannot be decided}
     *
     * @param reason why, as a sentence for the user; not blank
     * @param <T> the type of its value, had it one
     * @throws IllegalArgumentException if the reason is blank
     */
    public static <T> Fact<T> undecidable(String reason) {
        return unknown(State.UNDECIDABLE, reason, null);
    }

    /**
     * {@return a fact that cannot be decided, because its look-up threw}
     *
     * @param reason why, as a sentence for the user, without the message of the failure, which may have secrets; not blank
     * @param failure what was thrown: the {@link io.imagegate.policy.Violation} of a rule that needs the fact has it
     * @param <T> the type of its value, had it one
     * @throws IllegalArgumentException if the reason is blank
     */
    public static <T> Fact<T> failed(String reason, Throwable failure) {
        return unknown(State.UNDECIDABLE, reason, Objects.requireNonNull(failure, "failure"));
    }

    /**
     * {@return a fact whose registry is down}
     *
     * @param reason what does not answer, as a sentence for the user; not blank
     * @param <T> the type of its value, had it one
     * @throws IllegalArgumentException if the reason is blank
     */
    public static <T> Fact<T> unavailable(String reason) {
        return unknown(State.UNAVAILABLE, reason, null);
    }

    /** {@return a fact that was not looked up} */
    @SuppressWarnings("unchecked") // It has no value.
    static <T> Fact<T> pending() {
        return (Fact<T>) PENDING;
    }

    private static <T> Fact<T> unknown(State state, String reason, @Nullable Throwable failure) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("reason of a fact: expected a sentence, got a blank text");
        }
        return new Fact<>(state, null, reason, failure, false);
    }

    /** {@return the state} */
    public State state() {
        return state;
    }

    /** {@return the value; empty unless the fact is known} */
    public Optional<T> value() {
        return Optional.ofNullable(value);
    }

    /** {@return why the fact is unknown; empty if it is known or pending} */
    public String reason() {
        return reason;
    }

    /** {@return what the look-up threw; empty unless the fact is undecidable because of that} */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** {@return the same fact, marked as an answer from a cache} */
    public Fact<T> asCached() {
        return cached ? this : new Fact<>(state, value, reason, failure, true);
    }

    /** {@return whether the answer came from a cache, without a request} */
    public boolean isCached() {
        return cached;
    }

    /** {@return the state and the value or the reason, for logs and debuggers} */
    @Override
    public String toString() {
        return state == State.PENDING ? state.name() : state + ": " + (value == null ? reason : value);
    }
}
