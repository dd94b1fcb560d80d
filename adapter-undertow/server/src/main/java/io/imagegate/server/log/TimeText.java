package io.imagegate.server.log;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/**
 * Times as log lines have them: ISO 8601, UTC, with milliseconds. The text of the last second is kept, because
 * formatting a date takes longer than writing the rest of a short line.
 *
 * @since 0.1
 */
public final class TimeText {

    private static final DateTimeFormatter SECONDS =
            new DateTimeFormatterBuilder().appendInstant(0).toFormatter(Locale.ROOT);
    private static final int NANOS_PER_MILLI = 1_000_000;
    private static final int MILLIS_PER_SECOND = 1_000;

    /** Immutable, so a thread sees either the old or the new one. */
    private record Second(long number, String text) {}

    private static volatile Second last = second(0);

    private TimeText() {}

    /**
     * Formats a time.
     *
     * @param time any time; fractions of a millisecond are cut off
     * @return for example {@code 2026-11-27T08:30:00.250Z}
     */
    public static String of(Instant time) {
        Second second = last;
        if (second.number != time.getEpochSecond()) {
            second = second(time.getEpochSecond());
            last = second;
        }
        // 1250 instead of 250, so that there are always three digits behind the first.
        String millis = Integer.toString(MILLIS_PER_SECOND + time.getNano() / NANOS_PER_MILLI);
        return second.text + '.' + millis.substring(1) + 'Z';
    }

    private static Second second(long number) {
        String text = SECONDS.format(Instant.ofEpochSecond(number));
        return new Second(number, text.substring(0, text.length() - 1));
    }
}
