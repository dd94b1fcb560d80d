package io.imagegate.signature.x509;

import io.imagegate.signature.encoding.Bytes;
import io.imagegate.signature.encoding.Der;
import io.imagegate.signature.encoding.DerElement;
import io.imagegate.signature.refusal.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * One certificate in a list of revoked ones.
 *
 * @param serial its number
 * @param time from which on it is not to be trusted: when it was revoked, or became invalid if that was earlier
 * @param reason why, as a number of RFC 5280; 0 if the list does not say
 */
record RevokedEntry(Bytes serial, Instant time, int reason) {

    private static final String REASON = "2.5.29.21";
    private static final String INVALID_SINCE = "2.5.29.24";
    private static final int ENUMERATED = 0x0a;

    private static final List<String> REASONS = List.of(
            "unspecified",
            "keyCompromise",
            "cACompromise",
            "affiliationChanged",
            "superseded",
            "cessationOfOperation",
            "certificateHold",
            "unknown",
            "removeFromCRL",
            "privilegeWithdrawn",
            "aACompromise");

    /** Whoever revokes without a reason, or for a while, does not say that nobody else has the key. */
    private static final Set<String> HARMLESS =
            Set.of("affiliationChanged", "superseded", "cessationOfOperation", "privilegeWithdrawn");

    static RevokedEntry read(String what, DerElement entry) {
        Der parts = entry.inside();
        Bytes serial = Bytes.of(parts.next(Der.INTEGER).integerBytes());
        Instant time = parts.next(parts.isNext(Der.UTC_TIME) ? Der.UTC_TIME : Der.GENERALIZED_TIME)
                .time();
        if (!parts.hasNext()) {
            return new RevokedEntry(serial, time, 0);
        }
        Extensions extensions = Extensions.read(what, parts.next(Der.SEQUENCE).inside());
        parts.end();
        extensions.requireCritical(Set.of(REASON, INVALID_SINCE));
        int reason = extensions
                .value(REASON)
                .map(value -> number(Der.only(what, value, ENUMERATED)))
                .orElse(0);
        Instant invalid = extensions
                .value(INVALID_SINCE)
                .map(value -> Der.only(what, value, Der.GENERALIZED_TIME).time())
                .orElse(time);
        return new RevokedEntry(serial, invalid.isBefore(time) ? invalid : time, reason);
    }

    private static int number(DerElement reason) {
        byte[] value = reason.value();
        if (value.length != 1 || value[0] < 0 || value[0] >= REASONS.size()) {
            throw Refusal.format("a revocation has an unknown reason");
        }
        return value[0];
    }

    /** {@return whether a signature of an earlier time still counts} */
    boolean isHarmless() {
        return HARMLESS.contains(reasonName());
    }

    String reasonName() {
        return REASONS.get(reason);
    }
}
