package io.imagegate.signature;

import io.imagegate.signature.log.LogVerifier.Logged;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A verified entry of a transparency log.
 *
 * @param log address of the log, or its id in hexadecimal digits where the trusted root has no address
 * @param index position that the log signed
 * @param time when the log promised to take it; empty if the log proves no time
 * @since 0.1
 */
public record LogRecord(String log, long index, Optional<Instant> time) {

    /**
     * Refuses missing parts.
     *
     * @param log address or id of the log
     * @param index position that the log signed
     * @param time when the log promised to take it
     */
    public LogRecord {
        Objects.requireNonNull(log, "log");
        Objects.requireNonNull(time, "time");
    }

    static LogRecord of(Logged entry) {
        return new LogRecord(entry.log().name(), entry.index(), entry.time());
    }
}
