package io.imagegate.document;

import io.imagegate.policy.Decision;
import io.imagegate.policy.PolicySet;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;

/**
 * Case of a policy test. Immutable.
 *
 * @param name name of the case, unique in its test
 * @param at position of the case
 * @param subject decides on the images, the object or the recorded request
 * @param date the date on which the case is decided; empty for today
 * @param expectation the expected decision
 */
record PolicyTestCase(
        String name,
        Position at,
        Function<PolicySet, Decision> subject,
        Optional<LocalDate> date,
        PolicyTestExpectation expectation) {

    PolicyTestResult run(String test, PolicySet policies) {
        PolicySet then = date.map(day -> policies.withClock(
                        InstantSource.fixed(day.atStartOfDay(ZoneOffset.UTC).toInstant())))
                .orElse(policies);
        return new PolicyTestResult(test, this, subject.apply(then));
    }
}
