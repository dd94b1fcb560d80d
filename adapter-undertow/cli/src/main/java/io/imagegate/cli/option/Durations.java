package io.imagegate.cli.option;

import io.imagegate.text.DurationText;
import io.imagegate.text.SafeText;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts durations of an hour at most, such as {@code 500ms}, {@code 10s} or {@code 5m}. */
final class Durations implements ITypeConverter<Duration> {

    /** Nobody waits longer on purpose; a longer time is a mistake in its unit. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private static final String ZERO = "0(ms|s|m|h|d)";
    private static final int SHOWN = 60;

    @Override
    public Duration convert(String text) {
        if (text.matches(ZERO)) {
            return Duration.ZERO;
        }
        Duration duration;
        try {
            duration = DurationText.parse(text);
        } catch (IllegalArgumentException form) {
            throw wrong("a time such as 500ms, 10s or 5m", text);
        }
        if (duration.compareTo(LONGEST) > 0) {
            throw wrong("at most " + DurationText.of(LONGEST), text);
        }
        return duration;
    }

    private static TypeConversionException wrong(String expected, String text) {
        return new TypeConversionException("expected " + expected + ", got " + SafeText.quote(text, SHOWN));
    }

    /** Converts durations that are longer than zero. */
    static final class Positive implements ITypeConverter<Duration> {

        @Override
        public Duration convert(String text) {
            Duration duration = new Durations().convert(text);
            if (duration.isZero()) {
                throw wrong("more than zero", text);
            }
            return duration;
        }
    }
}
