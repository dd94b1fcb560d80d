package io.imagegate.registry.content;

import io.imagegate.fact.Fact;
import io.imagegate.text.SafeText;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Ends a look-up without a value. It travels through futures until it is turned into a {@link Fact}. */
public final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Longest text of an unexpected exception, which users and logs get. */
    private static final int SHOWN = 200;

    /** Longest piece of a stranger's text in a message. */
    private static final int QUOTED = 100;

    /** The state it leads to; null while an outage is possible but not proved. */
    private final Fact.@Nullable State state;

    /** After which time another attempt makes sense; null if none does. */
    private final transient @Nullable Duration retryAfter;

    /** How long the registry asks to wait; null if it did not ask. */
    private final transient @Nullable Duration pause;

    private Failure(
            Fact.@Nullable State state, String reason, @Nullable Duration retryAfter, @Nullable Duration pause) {
        super(reason, null, false, false);
        this.state = state;
        this.retryAfter = retryAfter;
        this.pause = pause;
    }

    public static Failure of(Fact.State state, String reason) {
        return new Failure(state, reason, null, null);
    }

    public static Failure absent(String reason) {
        return of(Fact.State.ABSENT, reason);
    }

    public static Failure undecidable(String reason) {
        return of(Fact.State.UNDECIDABLE, reason);
    }

    public static Failure unavailable(String reason) {
        return of(Fact.State.UNAVAILABLE, reason);
    }

    /** Something that an outage causes, and much else does, too. */
    public static Failure suspect(String reason) {
        return new Failure(null, reason, null, null);
    }

    public Failure retryAfter(Duration time) {
        return new Failure(state, reason(), time, pause);
    }

    public Failure pause(Duration time) {
        return new Failure(state, reason(), retryAfter, time);
    }

    public Optional<Duration> pause() {
        return Optional.ofNullable(pause);
    }

    /** {@return whether only the host itself can tell what this is} */
    public boolean isSuspect() {
        return state == null;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }

    public <T> Fact<T> fact() {
        if (state == Fact.State.ABSENT) {
            return Fact.absent(reason());
        }
        return state == Fact.State.UNAVAILABLE ? Fact.unavailable(reason()) : Fact.undecidable(reason());
    }

    /** {@return the value of a fact, or throws why there is none} */
    public static <T> T valueOf(Fact<T> fact) {
        return fact.value().orElseThrow(() -> of(fact.state(), fact.reason()));
    }

    /** {@return the result of a look-up; the future never fails} */
    public static <T> CompletableFuture<Fact<T>> toFact(Supplier<CompletableFuture<T>> ask) {
        return CompletableFuture.completedFuture(ask)
                .thenCompose(Supplier::get)
                .handle((value, thrown) ->
                        thrown == null ? Fact.known(value) : of(thrown).fact());
    }

    /** {@return a stranger's text, quoted, escaped and cut} */
    public static String shown(String text) {
        return SafeText.quote(text, QUOTED);
    }

    /** {@return the failure that a future ended with; anything else is a fault of this program} */
    public static Failure of(Throwable thrown) {
        Throwable cause = thrown;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof Failure failure
                ? failure
                : undecidable("internal error: " + SafeText.escape(SafeText.cut(String.valueOf(cause), SHOWN)));
    }
}
