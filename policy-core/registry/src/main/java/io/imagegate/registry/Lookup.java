package io.imagegate.registry;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The result of asking a registry: a value, or why there is none. Immutable.
 *
 * <p>An error is never reported as {@link Status#ABSENT}. {@link Status#UNAVAILABLE} is reported only while the host
 * itself is proved to be down: neither the author of a pod nor whoever may push an image can cause it.
 *
 * @param <T> type of the value
 * @since 0.1
 */
public final class Lookup<T> {

    /**
     * What is known.
     *
     * @since 0.1
     */
    public enum Status {
        /** The registry answered, and the answer was verified. */
        KNOWN,
        /** The registry answered that there is no such thing. */
        ABSENT,
        /** There is no usable answer: a limit was reached, access was refused, or the answer is wrong. */
        UNDECIDABLE,
        /** The host of the registry is down. */
        UNAVAILABLE
    }

    private final Status status;
    private final @Nullable T value;
    private final String reason;

    private Lookup(Status status, @Nullable T value, String reason) {
        this.status = status;
        this.value = value;
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /**
     * {@return a known value}
     *
     * @param <T> type of the value
     * @param value the value
     */
    public static <T> Lookup<T> known(T value) {
        return new Lookup<>(Status.KNOWN, Objects.requireNonNull(value, "value"), "");
    }

    /**
     * {@return the absence of a value}
     *
     * @param <T> type of the value
     * @param reason what does not exist, in one line that is safe to print
     */
    public static <T> Lookup<T> absent(String reason) {
        return new Lookup<>(Status.ABSENT, null, reason);
    }

    /**
     * {@return a value that could not be determined}
     *
     * @param <T> type of the value
     * @param reason why, in one line that is safe to print
     */
    public static <T> Lookup<T> undecidable(String reason) {
        return new Lookup<>(Status.UNDECIDABLE, null, reason);
    }

    /**
     * {@return a value that was not found because its host is down}
     *
     * @param <T> type of the value
     * @param reason why, in one line that is safe to print
     */
    public static <T> Lookup<T> unavailable(String reason) {
        return new Lookup<>(Status.UNAVAILABLE, null, reason);
    }

    /** {@return what is known} */
    public Status status() {
        return status;
    }

    /** {@return the value; empty unless the status is {@link Status#KNOWN}} */
    public Optional<T> value() {
        return Optional.ofNullable(value);
    }

    /** {@return why there is no value, in one line of printable ASCII; empty if there is one} */
    public String reason() {
        return reason;
    }

    /**
     * {@return the same result for a value derived from this one}
     *
     * @param <R> type of the derived value
     * @param derive derives it
     */
    public <R> Lookup<R> map(Function<? super T, ? extends R> derive) {
        return value == null ? new Lookup<>(status, null, reason) : known(derive.apply(value));
    }

    /** {@return the value, or throws why there is none} */
    T orThrow() {
        if (value == null) {
            throw Failure.of(status, reason);
        }
        return value;
    }

    @Override
    public String toString() {
        return value == null ? status + ": " + reason : status + ": " + value;
    }
}
