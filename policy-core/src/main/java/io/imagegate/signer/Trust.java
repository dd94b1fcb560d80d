package io.imagegate.signer;

import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Trusted root of a sigstore, and how many of its logs and authorities must confirm a signature. Immutable and thread-safe;
 * the {@code with…} methods make changed copies.
 *
 * @since 0.1
 */
public final class Trust {

    /** Days after which a trusted root should be compared with its source again. */
    public static final int CONFIRMED_DAYS = 90;

    private static final int MOST = 16;

    private final String name;
    private final String content;
    private final int log;
    private final int timestamp;
    private final int sct;
    private final @Nullable LocalDate confirmed;
    private final String identity;

    private Trust(String name, String content, int log, int timestamp, int sct, @Nullable LocalDate confirmed) {
        this.name = Objects.requireNonNull(name, "name");
        this.content = Objects.requireNonNull(content, "content");
        this.log = require("log", log);
        this.timestamp = require("timestamp", timestamp);
        this.sct = require("sct", sct);
        this.confirmed = confirmed;
        // Computed once: every look-up compares it, and the file can be large.
        this.identity = new ContentHash()
                .add(content)
                .add(log + " " + timestamp + " " + sct)
                .hex();
    }

    private static int require(String what, int number) {
        if (number < 0 || number > MOST) {
            throw new IllegalArgumentException(what + " " + number + ": expected a number from 0 to " + MOST);
        }
        return number;
    }

    /**
     * Makes a trust that demands one log and one embedded certificate timestamp.
     *
     * @param name its name, for messages and metrics
     * @param content the text of a {@code trusted_root.json}
     * @return the trust
     */
    public static Trust of(String name, String content) {
        return new Trust(name, content, 1, 0, 1, null);
    }

    /**
     * {@return a copy with other demands}
     *
     * @param logs how many distinct transparency logs must have the signature
     * @param timestamps how many distinct authorities must have stamped it
     * @param scts how many embedded certificate timestamps a keyless certificate must have
     * @throws IllegalArgumentException if a number is negative or above 16
     */
    public Trust withRequired(int logs, int timestamps, int scts) {
        return new Trust(name, content, logs, timestamps, scts, confirmed);
    }

    /**
     * {@return a copy with a date}
     *
     * @param day the day on which somebody compared the file with its source
     */
    public Trust withConfirmed(LocalDate day) {
        return new Trust(name, content, log, timestamp, sct, Objects.requireNonNull(day, "confirmed"));
    }

    /** {@return the name, for messages and metrics} */
    public String name() {
        return name;
    }

    /** {@return the text of the {@code trusted_root.json}} */
    public String content() {
        return content;
    }

    /** {@return how many distinct transparency logs must have the signature} */
    public int log() {
        return log;
    }

    /** {@return how many distinct authorities must have stamped the signature} */
    public int timestamp() {
        return timestamp;
    }

    /** {@return how many embedded certificate timestamps a keyless certificate must have} */
    public int sct() {
        return sct;
    }

    /** {@return the day on which somebody compared the file with its source; it decides nothing} */
    public Optional<LocalDate> confirmed() {
        return Optional.ofNullable(confirmed);
    }

    /** {@return the SHA-256 of the file and the demands, in hexadecimal} */
    public String identity() {
        return identity;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Trust that
                && name.equals(that.name)
                && confirmed().equals(that.confirmed())
                && identity.equals(that.identity);
    }

    @Override
    public int hashCode() {
        return identity.hashCode();
    }

    /** {@return the name, for logs and debuggers} */
    @Override
    public String toString() {
        return name;
    }
}
