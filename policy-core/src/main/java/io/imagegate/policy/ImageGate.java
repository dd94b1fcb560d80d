package io.imagegate.policy;

import io.imagegate.fact.FactSource;
import io.imagegate.policy.DecisionObserver.Observed;
import io.imagegate.review.ImageReview;
import io.imagegate.text.SafeText;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides on reviews with the current policies. With a source of facts, it first looks up the facts about images that
 * rules need. Rules that need no fact, or whose violation an exception or break-glass covers, cause no look-up.
 * Immutable and thread-safe.
 *
 * <pre>{@code
 * ImageGate gate = ImageGate.of(policies);
 * Decision decision = gate.decide(ImageReview.of("nginx").inNamespace("prod"));
 * }</pre>
 *
 * @since 0.1
 */
public final class ImageGate {

    /** How long a decision waits for facts unless a limit is given. */
    public static final Duration DEFAULT_LIMIT = Duration.ofSeconds(8);

    /** The name of gates that get no other. */
    public static final String DEFAULT_NAME = "default";

    /** How long a decision waits for facts that can deny nothing, unless a limit for it is set. */
    private static final Duration LENIENT_LIMIT = Duration.ofSeconds(1);

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");

    private final Supplier<PolicySet> policies;
    private final @Nullable AskedSource facts;
    private final Duration lenientLimit;
    private final String name;
    private final @Nullable GateObserver observer;
    private final GateListeners listeners;

    private ImageGate(
            Supplier<PolicySet> policies,
            @Nullable AskedSource facts,
            Duration lenientLimit,
            String name,
            @Nullable GateObserver observer,
            GateListeners listeners) {
        this.policies = Objects.requireNonNull(policies, "policies");
        this.facts = facts;
        this.lenientLimit = Objects.requireNonNull(lenientLimit, "limit");
        this.name = name;
        this.observer = observer;
        this.listeners = listeners;
    }

    /**
     * Makes a gate with policies that never change.
     *
     * @param policies the policies
     * @return the gate
     */
    public static ImageGate of(PolicySet policies) {
        Objects.requireNonNull(policies, "policies");
        return of(() -> policies);
    }

    /**
     * Makes a gate with policies that can change, such as {@code LivePolicies}.
     *
     * @param policies supplies the current policies; called for each review, by any thread
     * @return the gate
     */
    public static ImageGate of(Supplier<PolicySet> policies) {
        return new ImageGate(policies, null, LENIENT_LIMIT, DEFAULT_NAME, null, GateListeners.NONE);
    }

    /**
     * Makes a gate that looks up facts.
     *
     * @param policies supplies the current policies; called for each review, by any thread
     * @param facts finds what rules need to know about the content of images; not closed by the gate
     * @return the gate
     */
    public static ImageGate of(Supplier<PolicySet> policies, FactSource facts) {
        return new ImageGate(policies, new AskedSource(facts), LENIENT_LIMIT, DEFAULT_NAME, null, GateListeners.NONE);
    }

    /**
     * {@return a copy with another limit for reviews that no fact can deny, because only rules that warn or audit need one}
     * It is one second unless set: a pod need not wait longer for a warning. A command that reports what it finds waits.
     *
     * @param limit how long such a review waits for facts, if its own limit is longer
     */
    public ImageGate withLenientLimit(Duration limit) {
        return new ImageGate(policies, facts, limit, name, observer, listeners);
    }

    /**
     * {@return a copy with other policies and the same source of facts}
     *
     * @param others the policies
     */
    public ImageGate withPolicies(PolicySet others) {
        Objects.requireNonNull(others, "policies");
        return new ImageGate(() -> others, facts, lenientLimit, name, observer, listeners);
    }

    /**
     * {@return a copy with another name, for programs with several gates}
     *
     * @param other the name: at most 63 letters, digits, {@code -}, {@code .} and {@code _}, a letter or digit at both ends
     * @throws IllegalArgumentException if it is of another form
     */
    public ImageGate withName(String other) {
        if (!NAME.matcher(other).matches()) {
            throw new IllegalArgumentException(
                    "name of a gate " + SafeText.quote(other, 100)
                            + ": expected at most 63 letters, digits, \"-\", \".\" and \"_\", with a letter or digit at both ends");
        }
        return new ImageGate(policies, facts, lenientLimit, other, observer, listeners);
    }

    /**
     * {@return a copy that also calls a listener for each decision, after those that it has} It is called by the thread that decided,
     * before the decision is returned or completed; what it throws is logged once a minute, and changes nothing. Reviews of a
     * {@code PolicyWebhook} are told to the listeners of the webhook alone.
     *
     * @param listener the listener; thread-safe
     */
    public ImageGate withListener(Consumer<GateDecision> listener) {
        return new ImageGate(policies, facts, lenientLimit, name, observer, listeners.with(listener));
    }

    /** {@return a copy without listeners} */
    public ImageGate withoutListeners() {
        return listeners == GateListeners.NONE
                ? this
                : new ImageGate(policies, facts, lenientLimit, name, observer, GateListeners.NONE);
    }

    /**
     * Tells the listeners of a decision that is made in another way than by {@link #decideAsync(ImageReview, Duration)}, such as that
     * an object has no image.
     *
     * @param review what is decided on
     * @param making makes the decision with this gate, which then has no listeners
     * @return the decision, completed when the listeners were called
     */
    public CompletableFuture<Decision> heard(
            ImageReview review, Function<ImageGate, CompletableFuture<Decision>> making) {
        return listeners.hear(this, review, () -> making.apply(withoutListeners()));
    }

    /**
     * {@return a copy whose decisions are followed, also those on reviews of a webhook}
     *
     * @param following follows each decision
     */
    public ImageGate withObserver(DecisionObserver following) {
        return new ImageGate(policies, facts, lenientLimit, name, new GateObserver(following), listeners);
    }

    /** {@return the name, for logs and metrics; {@value #DEFAULT_NAME} unless set} */
    public String name() {
        return name;
    }

    /**
     * {@return the current policies}
     *
     * @throws NullPointerException if the supplier returns null; its exceptions are passed on, too
     */
    public PolicySet policies() {
        return Objects.requireNonNull(policies.get(), "policies");
    }

    /**
     * Decides on images. Everything else, such as the namespace, is not told. Waits for facts as {@link #decide(ImageReview)} does.
     *
     * @param images the images as typed
     * @return the decision
     */
    public Decision decide(String... images) {
        return decide(ImageReview.of(images));
    }

    /**
     * Decides on a review. Waits for facts, if the policies need any, for at most {@link #DEFAULT_LIMIT}.
     *
     * @param review the review
     * @return the decision
     * @throws NullPointerException if the supplier returns null; its exceptions are passed on, too. There is no
     *     decision then, so no image may run
     */
    public Decision decide(ImageReview review) {
        return decide(review, DEFAULT_LIMIT);
    }

    /**
     * Decides on a review.
     *
     * @param review the review
     * @param limit how long to wait for facts; what is not known by then is undecidable
     * @return the decision
     * @throws NullPointerException if the supplier returns null; its exceptions are passed on, too. There is no
     *     decision then, so no image may run
     */
    public Decision decide(ImageReview review, Duration limit) {
        return decideAsync(review, limit).join();
    }

    /**
     * Decides on a review. No thread waits while facts are looked up. A review that needs none is decided when this method
     * returns.
     *
     * @param review the review
     * @param limit how long to wait for facts; what is not known by then is undecidable
     * @return the decision; if it had to wait for a fact, completed by one of a few threads, which must not be blocked. If it
     *     completes exceptionally, nothing was decided, so no image may run
     * @throws NullPointerException if the supplier has no policies; other exceptions of the supplier pass, too
     */
    public CompletableFuture<Decision> decideAsync(ImageReview review, Duration limit) {
        return decideAsync(review, MutationScope.AS_WRITTEN, limit);
    }

    /**
     * Rewrites and pins images as the policies say, and decides on the new names.
     *
     * @param review the review, with the images as written
     * @param scope the images that are rewritten and pinned; the others are checked as written
     * @return the decision with its {@linkplain Decision#mutations() new names}
     * @throws NullPointerException if the supplier returns null; its exceptions are passed on, too. There is no
     *     decision then, so no image may run
     */
    public Decision decide(ImageReview review, MutationScope scope) {
        return decideAsync(review, scope, DEFAULT_LIMIT).join();
    }

    /**
     * Rewrites and pins images as the policies say, and decides on the new names. No thread waits meanwhile. A digest is
     * looked up once: what is pinned is what rules checked.
     *
     * @param review the review, with the images as written
     * @param scope the images that are rewritten and pinned; the others are checked as written
     * @param limit how long to wait for facts; what is not known by then is undecidable
     * @return the decision with its {@linkplain Decision#mutations() new names}, completed as that of
     *     {@link #decideAsync(ImageReview, Duration)} is
     * @throws NullPointerException if the supplier has no policies; other exceptions of the supplier pass, too
     */
    public CompletableFuture<Decision> decideAsync(ImageReview review, MutationScope scope, Duration limit) {
        return listeners.hear(this, review, () -> make(review, scope, limit));
    }

    private CompletableFuture<Decision> make(ImageReview review, MutationScope scope, Duration limit) {
        return observer == null
                ? made(review, scope, limit, GateObserver.UNOBSERVED)
                : observer.follow(name, observed -> made(review, scope, limit, observed));
    }

    private CompletableFuture<Decision> made(
            ImageReview review, MutationScope scope, Duration limit, Observed observed) {
        PolicySet current = policies();
        Findings findings = current.findings(review, scope, current.clock(), Map.of());
        return facts == null || findings.needs().isEmpty()
                ? CompletableFuture.completedFuture(findings.decision())
                : new PendingDecision(current, review, scope, facts, observed, limit, lenientLimit).decide(findings);
    }
}
