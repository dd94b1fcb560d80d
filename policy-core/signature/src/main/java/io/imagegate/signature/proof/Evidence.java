package io.imagegate.signature.proof;

import io.imagegate.signature.log.Evidenced;
import io.imagegate.signature.log.LogEntry;
import io.imagegate.signature.log.LogVerifier;
import io.imagegate.signature.log.LogVerifier.Logged;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signature.timestamp.TimestampVerifier;
import io.imagegate.signature.timestamp.TimestampVerifier.Stamp;
import io.imagegate.signature.trust.TrustedAuthority;
import io.imagegate.signature.trust.TrustedLog;
import io.imagegate.signature.trust.TrustedRoot;
import io.imagegate.signer.SignatureFault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What known logs and authorities say of a signature. What unknown ones say is ignored; what known ones are said to say must
 * verify.
 *
 * @param times proven times, in ascending order
 * @param entries verified entries
 * @param until last instant at which this counts: if no time is proven, the first end of a log; empty if none of them ends
 */
public record Evidence(List<Instant> times, List<Logged> entries, Optional<Instant> until) {

    public static final Evidence NONE = new Evidence(List.of(), List.of(), Optional.empty());

    /** Collects evidence under a trust, which must be enough of it. */
    public static Evidence require(RequiredTrust trust, Verification verification, Evidenced about) {
        TrustedRoot root = trust.root();
        List<Stamp> stamps = stamps(root.timestampAuthorities(), verification);
        List<Logged> logged = logged(root.logs(), verification, about);
        TreeSet<Instant> times = times(stamps);
        logged.forEach(entry -> entry.time().ifPresent(times::add));
        requireHolding(logged, times, verification.at());
        long logs = logged.stream().map(entry -> entry.log().id()).distinct().count();
        if (logs < trust.logs()) {
            throw Refusal.violated(SignatureFault.LOG, tooFew("entry", logs, "log", "logs", trust.logs()));
        }
        long authorities = stamps.stream()
                .map(stamp -> stamp.authority().identity())
                .distinct()
                .count();
        if (authorities < trust.timestamps()) {
            throw Refusal.violated(
                    SignatureFault.TIMESTAMP,
                    tooFew("timestamp", authorities, "authority", "authorities", trust.timestamps()));
        }
        return new Evidence(
                List.copyOf(times), List.copyOf(logged), times.isEmpty() ? firstEnd(logged) : Optional.empty());
    }

    private static Optional<Instant> firstEnd(List<Logged> logged) {
        return logged.stream()
                .flatMap(entry -> entry.log().validity().end().stream())
                .min(Instant::compareTo);
    }

    /** {@return the sentence: {@code no entry of any log that the trusted root knows, expected 1}} */
    static String tooFew(String what, long found, String one, String many, int expected) {
        String of = found == 0
                ? "no " + what + " of any " + one
                : what + " of only " + found + " " + (found == 1 ? one : many);
        return of + " that the trusted root knows, expected " + expected;
    }

    /** Collects the times of authorities, of which there may be none. */
    public static Evidence ofTimestamps(List<TrustedAuthority> authorities, Verification verification) {
        return new Evidence(List.copyOf(times(stamps(authorities, verification))), List.of(), Optional.empty());
    }

    private static TreeSet<Instant> times(List<Stamp> stamps) {
        TreeSet<Instant> times = new TreeSet<>();
        stamps.forEach(stamp -> times.add(stamp.time()));
        return times;
    }

    private static List<Stamp> stamps(List<TrustedAuthority> authorities, Verification verification) {
        TimestampVerifier verifier = new TimestampVerifier(verification.crypto(), authorities);
        List<Stamp> stamps = new ArrayList<>();
        for (byte[] timestamp : verification.signature().timestamps()) {
            verifier.verify(timestamp, verification.signature().stamped()).ifPresent(stamps::add);
        }
        return stamps;
    }

    private static List<Logged> logged(List<TrustedLog> logs, Verification verification, Evidenced about) {
        LogVerifier verifier = new LogVerifier(verification.crypto(), logs);
        List<Logged> found = new ArrayList<>();
        for (LogEntry entry : verification.signature().entries()) {
            verifier.verify(entry, about).ifPresent(found::add);
        }
        return found;
    }

    /** A log that proves no time holds at the times that others prove, else at the instant. */
    private static void requireHolding(List<Logged> logged, TreeSet<Instant> times, Instant at) {
        for (Logged entry : logged) {
            boolean timeless = entry.time().isEmpty();
            boolean holds =
                    times.isEmpty() ? entry.log().holds(at) : times.stream().allMatch(entry.log()::holds);
            if (timeless && !holds) {
                throw Refusal.violated(
                        SignatureFault.LOG,
                        "the log " + entry.log().name() + " did not hold at " + (times.isEmpty() ? at : times) + ": "
                                + entry.log().period());
            }
        }
    }
}
