package io.imagegate.server.serve;

import java.util.List;
import java.util.stream.Stream;

/**
 * One line of {@code /readyz?verbose}. It quotes nothing of a file's content.
 *
 * @param subject what was checked, a word or two
 * @param result whether it is in order
 * @param sentence what is wrong; empty if nothing is
 */
record ReadinessCheck(String subject, Result result, String sentence) {

    /** The result of a check. */
    enum Result {
        /** Nothing is wrong. */
        PASSED("[+]"),
        /** Somebody should look at it, though reviews are answered. */
        WARNING("[!]"),
        /** The server is not ready. */
        FAILED("[-]");

        private final String sign;

        Result(String sign) {
            this.sign = sign;
        }
    }

    /** {@return a line for each obstacle and each warning; without any, one that says that the subject is in order} */
    static Stream<ReadinessCheck> of(String subject, List<String> obstacles, List<String> warnings) {
        if (obstacles.isEmpty() && warnings.isEmpty()) {
            return Stream.of(new ReadinessCheck(subject, Result.PASSED, ""));
        }
        return Stream.concat(
                obstacles.stream().map(obstacle -> new ReadinessCheck(subject, Result.FAILED, obstacle)),
                warnings.stream().map(warning -> new ReadinessCheck(subject, Result.WARNING, warning)));
    }

    /** {@return the line} */
    @Override
    public String toString() {
        return result.sign + subject + (sentence.isEmpty() ? " ok" : ": " + sentence);
    }
}
