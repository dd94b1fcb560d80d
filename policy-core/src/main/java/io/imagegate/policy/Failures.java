package io.imagegate.policy;

import io.imagegate.rule.Outcome;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Logs what rules threw. */
final class Failures {

    private static final System.Logger LOG = System.getLogger(Policy.class.getName());

    private Failures() {}

    /** Logs what rules threw, once for each rule of a review: a review may have thousands of images. */
    static void logRules(List<Violation> violations) {
        Set<String> logged = Set.of();
        for (int i = 0; i < violations.size(); i++) {
            Violation violation = violations.get(i);
            // What the source threw was logged when it did.
            if (violation.failure().isPresent() && violation.found() != Outcome.UNDECIDABLE) {
                logged = logged.isEmpty() ? new HashSet<>() : logged;
                String rule = "rule \"" + violation.rule() + "\" of policy \"" + violation.policy() + "\"";
                if (logged.add(rule)) {
                    log(
                            rule + " threw, so its images violate it",
                            violation.failure().get());
                }
            }
        }
    }

    /** A logger is foreign code and calls methods of the failure. */
    private static void log(String message, Throwable failure) {
        try {
            LOG.log(Level.ERROR, message, failure);
        } catch (Throwable unlogged) {
            // The decision is more important than the log.
        }
    }
}
