package io.imagegate.fact;

import io.imagegate.reference.Digest;
import io.imagegate.text.Copies;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Facts about the content of one image at an instant. If a rule asks for a fact that was not looked up, it is
 * {@linkplain Fact.State#PENDING pending}; an {@code ImageGate} then looks it up and applies the rule again. Immutable and
 * thread-safe.
 *
 * @since 0.1
 */
public final class ImageFacts {

    /** Facts of which none was looked up. */
    public static final ImageFacts NONE = new ImageFacts(Instant.EPOCH, Map.of(), null);

    private final Instant instant;
    private final Map<Need<?>, Fact<?>> facts;
    private final @Nullable AskedNeeds asked;

    private ImageFacts(Instant instant, Map<Need<?>, Fact<?>> facts, @Nullable AskedNeeds asked) {
        this.instant = instant;
        this.facts = facts;
        this.asked = asked;
    }

    /**
     * {@return facts of which none was looked up}
     *
     * @param instant the instant at which they hold, with which rules compare dates
     */
    public static ImageFacts at(Instant instant) {
        return new ImageFacts(instant, Map.of(), null);
    }

    /**
     * {@return a copy with one fact more, or with another value of it}
     *
     * @param need what was asked for
     * @param fact what was found
     * @param <T> the type of its value
     */
    public <T> ImageFacts with(Need<T> need, Fact<T> fact) {
        if (facts.isEmpty()) {
            return new ImageFacts(instant, Map.of(need, fact), null);
        }
        Map<Need<?>, Fact<?>> more = new HashMap<>(facts);
        more.put(need, fact);
        return new ImageFacts(instant, Copies.of(more), null);
    }

    /**
     * {@return a copy with all facts of another, at the instant of this}
     *
     * @param more facts that come first where both have one
     */
    public ImageFacts and(ImageFacts more) {
        if (facts.isEmpty()) {
            return new ImageFacts(instant, more.facts, null);
        }
        Map<Need<?>, Fact<?>> both = new HashMap<>(facts);
        both.putAll(more.facts);
        return new ImageFacts(instant, Copies.of(both), null);
    }

    /** {@return the instant at which the facts hold; 1970 if none was looked up} */
    public Instant instant() {
        return instant;
    }

    /** {@return the digest that the reference stands for} */
    public Fact<Digest> digest() {
        return get(Need.DIGEST);
    }

    /** {@return what manifest and configuration of the image say} */
    public Fact<ImageMetadata> metadata() {
        return get(Need.METADATA);
    }

    /**
     * {@return a fact; pending if it was not looked up}
     *
     * @param need what is asked for
     * @param <T> the type of its value
     */
    @SuppressWarnings("unchecked") // with() puts only facts of the need's type there.
    public <T> Fact<T> get(Need<T> need) {
        Fact<?> fact = facts.get(need);
        if (fact == null) {
            if (asked != null) {
                asked.add(need);
            }
            return Fact.pending();
        }
        return (Fact<T>) fact;
    }

    /**
     * {@return a copy that records which pending facts it is asked for; if this records, too, it records the same}
     */
    public ImageFacts recording() {
        return new ImageFacts(instant, facts, new AskedNeeds(asked));
    }

    /** {@return the needs of pending facts that this was asked for, in order; none unless it {@linkplain #recording records}} */
    public Set<Need<?>> asked() {
        return asked == null ? Set.of() : asked.copy();
    }

    /**
     * Records which pending facts are asked for.
     *
     * @param asking called once, with the same facts
     * @return the needs of these facts, in the order in which they were asked for
     */
    public Set<Need<?>> needsOf(Consumer<ImageFacts> asking) {
        ImageFacts recording = recording();
        asking.accept(recording);
        return recording.asked();
    }

    /**
     * {@return what was thrown when a fact was looked up that somebody asks for; of several failures the first; empty if none failed}
     *
     * @param asking called once, with the same facts, but those whose look-up threw are pending
     */
    public Optional<Throwable> failureFor(Consumer<ImageFacts> asking) {
        Map<Need<?>, Fact<?>> sound = new HashMap<>(facts);
        sound.values().removeIf(fact -> fact.failure().isPresent());
        return sound.size() == facts.size()
                ? Optional.empty()
                : new ImageFacts(instant, sound, null)
                        .needsOf(asking).stream()
                                .map(facts::get)
                                .filter(Objects::nonNull)
                                .flatMap(failed -> failed.failure().stream())
                                .findFirst();
    }

    /** {@return the facts, for logs and debuggers} */
    @Override
    public String toString() {
        return facts.toString();
    }

    /** Needs of pending facts that were asked for. Thread-safe, because rules may ask with several threads. */
    private static final class AskedNeeds {

        private static final int FEW = 2;

        private final @Nullable AskedNeeds outer;
        private @Nullable Set<Need<?>> needs;

        /** @param outer records the same needs, too */
        AskedNeeds(@Nullable AskedNeeds outer) {
            this.outer = outer;
        }

        synchronized void add(Need<?> need) {
            if (needs == null) {
                needs = new LinkedHashSet<>(FEW);
            }
            needs.add(need);
            if (outer != null) {
                outer.add(need);
            }
        }

        /** {@return a copy, in the order in which they were asked for} */
        synchronized Set<Need<?>> copy() {
            if (needs == null) {
                return Set.of();
            }
            // Most rules ask for one fact, several times in a decision.
            return needs.size() == 1 ? Set.of(needs.iterator().next()) : new LinkedHashSet<>(needs);
        }
    }
}
