package io.imagegate.server.cli.option;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts durations such as {@code 500ms}, {@code 10s} or {@code 5m}. */
final class Durations implements ITypeConverter<Duration> {

    private static final Pattern FORM = Pattern.compile("(\\d{1,6})(ms|s|m)");

    @Override
    public Duration convert(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new TypeConversionException("expected a time such as 500ms, 10s or 5m, got \"" + text + "\"");
        }
        long amount = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            default -> Duration.ofMinutes(amount);
        };
    }

    /** Converts durations that are longer than zero. */
    static final class Positive implements ITypeConverter<Duration> {

        @Override
        public Duration convert(String text) {
            Duration duration = new Durations().convert(text);
            if (duration.isZero()) {
                throw new TypeConversionException("expected more than zero, got \"" + text + "\"");
            }
            return duration;
        }
    }
}
