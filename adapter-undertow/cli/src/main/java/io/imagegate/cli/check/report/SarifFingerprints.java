package io.imagegate.cli.check.report;

import io.imagegate.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Fingerprints of results, by which code hosts know one again in a later run: they have what a baseline has, and no line. The
 * same finding in one file gets a number, which begins with one. Not thread-safe.
 */
final class SarifFingerprints {

    private static final int DIGITS = 32;

    /** How often a fingerprint was found in a file. Its size is limited by that of the report. */
    private final Map<String, Integer> found = new HashMap<>();

    /** {@return the fingerprint of the next result} */
    String of(Result result) {
        String fingerprint = hash(List.of(
                SarifRules.id(result.violation()), result.subject().object(), result.container(), result.typed()));
        return fingerprint + ":"
                + found.merge(fingerprint + " " + result.subject().file(), 1, Integer::sum);
    }

    /** Each part has its length before it, so that none reaches into the next. */
    private static String hash(List<String> parts) {
        String text = parts.stream().map(part -> part.length() + ":" + part).collect(Collectors.joining());
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS);
    }
}
