package io.imagegate.policytest;

import io.imagegate.document.yaml.Position;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.PolicySet;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Case of a policy test. Immutable.
 *
 * @param name name of the case, unique in its test
 * @param at position of the case
 * @param subject the images, the object or the recorded request
 * @param instant the instant at which the case is decided; empty for now
 * @param facts what is known about the content of the images
 * @param expectation the expected decision
 */
record PolicyTestCase(
        String name,
        Position at,
        CaseSubject subject,
        Optional<Instant> instant,
        CaseFacts facts,
        PolicyTestExpectation expectation) {

    /** {@return the decision of policies} */
    Decision decide(PolicySet policies) {
        PolicySet then =
                instant.map(InstantSource::fixed).map(policies::withClock).orElse(policies);
        return subject.decision().apply(ImageGate.of(() -> then, RenamedFacts.of(facts, policies.mutation())));
    }
}
