package io.imagegate.server.serve;

import io.imagegate.policy.PolicySet;
import io.imagegate.server.metrics.ServerMetrics;
import io.imagegate.signer.NamedSigner;
import io.imagegate.signer.SignerTrust;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The days on which somebody confirmed the trusted roots of the policies in use. An old root decides as before; whoever runs
 * the server sees its age.
 */
final class TrustedRoots {

    private final Supplier<PolicySet> policies;
    private final InstantSource clock;

    TrustedRoots(Supplier<PolicySet> policies, InstantSource clock) {
        this.policies = policies;
        this.clock = clock;
    }

    /** Adds a metric with the age of each root, by the name of the trust. */
    void measure(ServerMetrics metrics) {
        metrics.gauges(
                "imagegate_trusted_root_age_seconds",
                "Time since the day on which a trusted root was confirmed, as the policy says.",
                "trust",
                this::ages);
    }

    private Map<String, Long> ages() {
        Instant now = clock.instant();
        Map<String, Long> ages = new TreeMap<>();
        confirmed().forEach((name, day) -> {
            Instant start = day.atStartOfDay(ZoneOffset.UTC).toInstant();
            ages.put(name, Math.max(0, Duration.between(start, now).toSeconds()));
        });
        return ages;
    }

    /** {@return a sentence for each root that was confirmed too long ago} */
    List<String> warnings() {
        LocalDate last = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(SignerTrust.CONFIRMED_DAYS);
        List<String> warnings = new ArrayList<>();
        confirmed().forEach((name, day) -> {
            if (day.isBefore(last)) {
                warnings.add("the trusted root " + name + " was confirmed on " + day + ", more than "
                        + SignerTrust.CONFIRMED_DAYS + " days ago");
            }
        });
        return warnings;
    }

    /** Of several policies that use one name the oldest day counts. */
    private Map<String, LocalDate> confirmed() {
        Map<String, LocalDate> days = new TreeMap<>();
        policies.get().policies().stream()
                .flatMap(policy -> policy.signers().stream())
                .map(NamedSigner::trust)
                .flatMap(Optional::stream)
                .forEach(trust -> trust.confirmed()
                        .ifPresent(day ->
                                days.merge(trust.name(), day, (one, other) -> one.isBefore(other) ? one : other)));
        return days;
    }
}
