package io.imagegate.document;

import io.imagegate.admission.Judgement;
import io.imagegate.kubernetes.ReviewRequest;
import io.imagegate.policy.PolicySet;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;

/**
 * One case of a policy test. Immutable.
 *
 * @param name name of the case, unique in its test
 * @param file name of the file in which it stands
 * @param line line in which it stands, from 1
 * @param request what is asked: a review, the creation of an object, or a recorded request
 * @param date the day on which it is asked; empty for today
 * @param expectation what the answer should be
 * @since 0.1
 */
public record PolicyTestCase(
        String name,
        String file,
        int line,
        ReviewRequest request,
        Optional<LocalDate> date,
        PolicyTestExpectation expectation) {

    /**
     * Refuses nulls.
     *
     * @param name name of the case, unique in its test
     * @param file name of the file in which it stands
     * @param line line in which it stands, from 1
     * @param request what is asked
     * @param date the day on which it is asked; empty for today
     * @param expectation what the answer should be
     */
    public PolicyTestCase {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(date, "date");
        Objects.requireNonNull(expectation, "expectation");
    }

    PolicyTestResult run(String test, PolicySet policies) {
        PolicySet then = date.map(day -> PolicySet.of(
                        policies.policies(),
                        InstantSource.fixed(day.atStartOfDay(ZoneOffset.UTC).toInstant())))
                .orElse(policies);
        return PolicyTestResult.of(test, this, Judgement.of(then, request).decision());
    }
}
