package io.imagegate.webhook;

import io.imagegate.policy.Enforcement;
import io.imagegate.policy.Exemption;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.NamedRule;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicyBuilder;
import io.imagegate.policy.PolicySet;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Rules;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * A mistake in the code of an embedder: what fails, and how.
 *
 * @param place whose code it is
 * @param failure what it throws
 */
public record Mishap(Place place, Failure failure) {

    /** Where a webhook calls somebody's code. */
    public enum Place {
        SUPPLIER,
        CLOCK,
        DENYING_RULE,
        WARNING_RULE,
        EVIDENCE,
        LISTENER
    }

    /** What such code does instead of what it should. */
    public enum Failure {
        NULL,
        EXCEPTION,
        NO_CLASS,
        STACK_OVERFLOW,
        OUT_OF_MEMORY,
        THREAD_DEATH,
        UNPRINTABLE
    }

    /** Breaks whoever logs it. */
    private static final class Unprintable extends Error {

        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw this;
        }
    }

    /** {@return every mistake} */
    public static List<Mishap> all() {
        return Arrays.stream(Place.values())
                .flatMap(place -> Arrays.stream(Failure.values()).map(failure -> new Mishap(place, failure)))
                .toList();
    }

    /** {@return where the webhook with this mistake is served} */
    public String path() {
        return "/mishaps/" + (place + "/" + failure).toLowerCase(Locale.ROOT);
    }

    /** {@return whether an image with a fixed tag is denied} */
    boolean denies() {
        return switch (place) {
            case SUPPLIER, CLOCK, DENYING_RULE, EVIDENCE -> true;
            case WARNING_RULE -> failure == Failure.OUT_OF_MEMORY;
            case LISTENER -> false;
        };
    }

    /** {@return a webhook with this mistake; but for it, it demands a fixed tag} */
    public PolicyWebhook webhook() {
        Supplier<PolicySet> policies = this::policies;
        return PolicyWebhook.builder()
                .route(WebhookKind.VALIDATING, path(), ImageGate.of(place == Place.SUPPLIER ? () -> fail() : policies))
                .listener(listener())
                .build();
    }

    private PolicySet policies() {
        PolicyBuilder policy = Policy.builder("mishap").rule("fixed-tag", Rules.fixedTag());
        switch (place) {
            case DENYING_RULE -> policy.rule("own", image -> fail());
            case WARNING_RULE ->
                policy.rule(NamedRule.of("own", image -> fail()).withEnforcement(Enforcement.WARN));
            case EVIDENCE -> policy.rule("own", Rules.not(image -> Finding.satisfied(evidence())));
            default -> policy.exempt(Exemption.of(List.of("fixed-tag"), "never", LocalDate.of(2020, 1, 1)));
        }
        InstantSource clock = place == Place.CLOCK ? () -> fail() : InstantSource.system();
        return PolicySet.of(List.of(policy.build()), clock);
    }

    private Object evidence() {
        return new Object() {
            @Override
            public String toString() {
                return fail();
            }
        };
    }

    private DecisionListener listener() {
        return place == Place.LISTENER ? event -> fail() : event -> {};
    }

    @SuppressWarnings({"removal", "NullAway", "TypeParameterUnusedInFormals"})
    private <T> T fail() {
        return switch (failure) {
            case NULL -> null;
            case EXCEPTION -> throw new IllegalStateException("secret");
            case NO_CLASS -> throw new NoClassDefFoundError("secret");
            case STACK_OVERFLOW -> throw new IllegalStateException("depth " + depth(0));
            case OUT_OF_MEMORY -> throw new OutOfMemoryError("secret");
            case THREAD_DEATH -> throw new ThreadDeath();
            case UNPRINTABLE -> throw new Unprintable();
        };
    }

    private static int depth(int from) {
        return from < 0 ? from : depth(from + 1) + 1;
    }
}
