package io.imagegate.signature.trust;

import io.imagegate.signature.encoding.JsonObject;
import io.imagegate.signature.refusal.Refusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * The time in which a part of a trusted root holds, both ends included.
 *
 * @param start when it begins; it holds from the first time on if this is empty
 * @param end when it ends; it holds until further notice if this is empty
 */
public record Validity(Optional<Instant> start, Optional<Instant> end) {

    static Validity read(Optional<JsonObject> period) {
        return new Validity(
                period.flatMap(json -> json.text("start")).map(Validity::time),
                period.flatMap(json -> json.text("end")).map(Validity::time));
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw Refusal.format("validFor: expected a time such as 2026-11-25T00:00:00Z, got " + Refusal.shown(text));
        }
    }

    public boolean holds(Instant time) {
        return start.map(first -> !time.isBefore(first)).orElse(true)
                && end.map(last -> !time.isAfter(last)).orElse(true);
    }

    @Override
    public String toString() {
        return start.map(Instant::toString).orElse("ever") + " to "
                + end.map(Instant::toString).orElse("now");
    }
}
