package io.imagegate.text;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them in files: a number and one of the units {@code ms s m h d}, such as {@code 180d}.
 *
 * @since 0.1
 */
public final class DurationText {

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})(ms|s|m|h|d)");
    private static final String[] UNITS = {"d", "h", "m", "s", "ms"};

    private DurationText() {}

    /**
     * Reads a duration.
     *
     * @param text the text
     * @return the duration, which is positive
     * @throws IllegalArgumentException if the text is not a number above 0 of at most 9 digits and a unit
     */
    public static Duration parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("duration " + SafeText.quote(text, 40)
                    + ": expected a number above 0 and one of the units ms, s, m, h, d, such as 180d");
        }
        return unit(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1)));
    }

    /**
     * {@return a duration in the largest unit of which it is a multiple; less than a millisecond is left out}
     *
     * @param duration the duration
     */
    public static String of(Duration duration) {
        long millis = duration.toMillis();
        for (String unit : UNITS) {
            long size = unit(unit).toMillis();
            if (millis % size == 0) {
                return millis / size + unit;
            }
        }
        throw new IllegalStateException("every duration is a multiple of a millisecond");
    }

    private static Duration unit(String name) {
        return switch (name) {
            case "d" -> Duration.ofDays(1);
            case "h" -> Duration.ofHours(1);
            case "m" -> Duration.ofMinutes(1);
            case "s" -> Duration.ofSeconds(1);
            default -> Duration.ofMillis(1);
        };
    }
}
