package io.imagegate.registry;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations and sizes as they are written in files. */
final class Units {

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(Ki|Mi|Gi)?");

    private Units() {}

    static Duration duration(String text) {
        Matcher matcher = matched(DURATION, text, "a duration such as 500ms, 20s, 5m, 1h or 1d");
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    static long size(String text) {
        Matcher matcher = matched(SIZE, text, "a size such as 512Ki, 16Mi or 1Gi");
        long amount = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2);
        if (unit == null) {
            return amount;
        }
        return amount << (unit.equals("Ki") ? 10 : unit.equals("Mi") ? 20 : 30);
    }

    private static Matcher matched(Pattern pattern, String text, String expected) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("expected " + expected + ", got " + OciManifestReader.shown(text));
        }
        return matcher;
    }
}
