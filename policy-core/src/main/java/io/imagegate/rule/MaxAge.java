package io.imagegate.rule;

import io.imagegate.fact.PlatformImage;
import io.imagegate.text.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The image must be at most this old, by the date in its configuration. */
record MaxAge(Duration maxAge) implements EveryPlatform {

    /** Reproducible builds write 1970 or 1980. */
    private static final Instant FIRST_REAL_DATE = Instant.parse("2000-01-01T00:00:00Z");

    MaxAge {
        Age.require(maxAge);
    }

    @Override
    public Finding check(PlatformImage image, String platform, Instant instant) {
        return image.created()
                .map(created -> check(created, platform, instant))
                .orElseGet(() -> Finding.violation(Message.CREATED_MISSING, platform));
    }

    private Finding check(Instant created, String platform, Instant instant) {
        Instant shown = created.truncatedTo(ChronoUnit.SECONDS);
        if (created.isBefore(FIRST_REAL_DATE)) {
            return Finding.violation(Message.CREATED_PLACEHOLDER, platform, shown);
        }
        return switch (Age.of(created, instant, maxAge)) {
            case FUTURE -> Finding.violation(Message.CREATED_IN_FUTURE, platform, shown);
            case OVER -> Finding.violation(Message.CREATED_LONG_AGO, platform, shown, DurationText.of(maxAge));
            case WITHIN -> Finding.satisfied();
        };
    }
}
