package io.imagegate.document;

import io.imagegate.policy.Decision;
import io.imagegate.policy.PolicySet;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;

/**
 * One case of a policy test. Immutable.
 *
 * @param name name of the case, unique in its test
 * @param at where it stands
 * @param subject decides on what is asked: images, an object, or a recorded request
 * @param date the day on which it is asked; empty for today
 * @param expectation what the answer should be
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
