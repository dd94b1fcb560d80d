package io.imagegate.policy;

import io.imagegate.fact.Fact;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.fact.VerifiedValue;
import io.imagegate.reference.ImageReference;
import io.imagegate.text.SafeText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One fact that a decision looked up. Immutable.
 *
 * @since 0.1
 */
public final class Lookup {

    /** What the value of a fact rests on. */
    public enum Evidence {
        /** Nothing: the fact is unknown, or of all signatures that were found none counts. */
        NONE,
        /** The word of the registry, and that content has the digest by which it was asked for. */
        REGISTRY,
        /** At least one verified signature or attestation. */
        SIGNER
    }

    private static final int LONGEST_NEED = 100;
    private static final int LONGEST_DETAIL = 300;

    private final ImageReference image;
    private final String need;
    private final Fact.State state;
    private final String detail;
    private final Duration waited;
    private final boolean cached;
    private final Evidence evidence;

    private Lookup(
            ImageReference image,
            String need,
            Fact.State state,
            String detail,
            Duration waited,
            boolean cached,
            Evidence evidence) {
        this.image = image;
        this.need = need;
        this.state = state;
        this.detail = detail;
        this.waited = waited;
        this.cached = cached;
        this.evidence = evidence;
    }

    /** {@return the account of a fact; values are escaped, because registries make them} */
    static <T> Lookup of(ImageReference image, Need<T> need, ImageFacts facts, Duration waited) {
        Fact<T> fact = facts.get(need);
        Optional<Object> value = fact.value().map(found -> counting(found, facts.instant()));
        String detail =
                value.map(found -> SafeText.escape(String.valueOf(found))).orElseGet(fact::reason);
        return new Lookup(
                image,
                SafeText.cut(SafeText.escape(need.toString()), LONGEST_NEED),
                fact.state(),
                SafeText.cut(detail, LONGEST_DETAIL),
                waited,
                fact.isCached(),
                value.map(Lookup::evidence).orElse(Evidence.NONE));
    }

    /** {@return the value without what has ended since it was verified} */
    private static Object counting(Object value, Instant instant) {
        return value instanceof VerifiedValue verified ? verified.countingAt(instant) : value;
    }

    private static Evidence evidence(Object value) {
        if (value instanceof VerifiedValue verified) {
            return verified.isVerified() ? Evidence.SIGNER : Evidence.NONE;
        }
        return Evidence.REGISTRY;
    }

    /** {@return the image} */
    public ImageReference image() {
        return image;
    }

    /** {@return what was looked up, such as {@code digest} or {@code metadata}} */
    public String need() {
        return need;
    }

    /** {@return whether it is known} */
    public Fact.State state() {
        return state;
    }

    /** {@return the value in a few words if it is known, or else the reason; at most 300 characters} */
    public String detail() {
        return detail;
    }

    /** {@return how long the decision waited; look-ups run in parallel, so those of one round have the same time} */
    public Duration waited() {
        return waited;
    }

    /** {@return whether the answer came from a cache, without a request} */
    public boolean cached() {
        return cached;
    }

    /** {@return what a known value rests on} */
    public Evidence evidence() {
        return evidence;
    }

    /** {@return the label of its state in logs and reports: {@code known}, {@code absent}, {@code undecidable} or {@code unavailable}} */
    public String label() {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** {@return how long the decision waited: {@code 12 ms}, or {@code cached}} */
    public String timeText() {
        return cached ? "cached" : waited.toMillis() + " ms";
    }

    private List<Object> values() {
        return List.of(image, need, state, detail, waited, cached, evidence);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Lookup that && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    /** {@return the values by their names} */
    @Override
    public String toString() {
        return "Lookup[image=" + image + ", need=" + need + ", state=" + state + ", detail=" + detail + ", waited="
                + waited + ", cached=" + cached + ", evidence=" + evidence + "]";
    }
}
