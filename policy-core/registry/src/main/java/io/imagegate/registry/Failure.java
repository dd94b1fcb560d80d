package io.imagegate.registry;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Ends a look-up without a value. It travels through futures until {@link Questions} turns it into a {@link Lookup}. */
final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The status it leads to; null while an outage is possible but not proved. */
    private final Lookup.@Nullable Status status;

    /** After which time another attempt makes sense; null if none does. */
    private final transient @Nullable Duration retryAfter;

    /** For how long the registry wants no requests; null if it did not say so. */
    private final transient @Nullable Duration pause;

    private Failure(
            Lookup.@Nullable Status status, String reason, @Nullable Duration retryAfter, @Nullable Duration pause) {
        super(reason, null, false, false);
        this.status = status;
        this.retryAfter = retryAfter;
        this.pause = pause;
    }

    static Failure of(Lookup.Status status, String reason) {
        return new Failure(status, reason, null, null);
    }

    static Failure absent(String reason) {
        return of(Lookup.Status.ABSENT, reason);
    }

    static Failure undecidable(String reason) {
        return of(Lookup.Status.UNDECIDABLE, reason);
    }

    static Failure unavailable(String reason) {
        return of(Lookup.Status.UNAVAILABLE, reason);
    }

    /** Something that an outage causes, and much else does, too. */
    static Failure suspect(String reason) {
        return new Failure(null, reason, null, null);
    }

    Failure retryAfter(Duration time) {
        return new Failure(status, reason(), time, pause);
    }

    Failure pause(Duration time) {
        return new Failure(status, reason(), retryAfter, time);
    }

    Optional<Duration> pause() {
        return Optional.ofNullable(pause);
    }

    /** {@return whether only the host itself can tell what this is} */
    boolean isSuspect() {
        return status == null;
    }

    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    <T> Lookup<T> lookup() {
        if (status == Lookup.Status.ABSENT) {
            return Lookup.absent(reason());
        }
        return status == Lookup.Status.UNAVAILABLE ? Lookup.unavailable(reason()) : Lookup.undecidable(reason());
    }

    /** {@return the failure that a future ended with; anything else is a fault of this program} */
    static Failure of(Throwable thrown) {
        Throwable cause = thrown;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof Failure failure ? failure : undecidable("internal error: " + cause);
    }
}
