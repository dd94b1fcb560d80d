package io.imagegate.gate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.policy.PolicySet;
import io.imagegate.signer.Signer;
import io.imagegate.signer.Trust;
import io.imagegate.text.Sha256;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Trusted root of active policies. An old root decides as before; whoever runs the program should see its age.
 *
 * @param name its name in the policies
 * @param digest the SHA-256 of its file, in hexadecimal
 * @param confirmed the day on which somebody compared the file with its source, if the policy says so
 * @since 0.1
 */
public record TrustedRootState(String name, String digest, Optional<LocalDate> confirmed) {

    /** Of several roots with one name the one with the oldest day counts. */
    static List<TrustedRootState> of(PolicySet policies) {
        Map<String, TrustedRootState> roots = new TreeMap<>();
        policies.policies().stream()
                .flatMap(policy -> policy.signers().stream())
                .map(Signer::trust)
                .flatMap(Optional::stream)
                .distinct()
                .map(trust -> new TrustedRootState(
                        trust.name(), Sha256.hex(trust.content().getBytes(UTF_8)), trust.confirmed()))
                .forEach(root -> roots.merge(root.name, root, TrustedRootState::older));
        return List.copyOf(roots.values());
    }

    private static TrustedRootState older(TrustedRootState one, TrustedRootState other) {
        LocalDate day = other.confirmed.orElse(LocalDate.MAX);
        return one.confirmed.orElse(LocalDate.MAX).isAfter(day) ? other : one;
    }

    /**
     * {@return the time since the day on which it was confirmed, if the policy tells the day}
     *
     * @param now the time until which it is counted
     */
    public Optional<Duration> age(Instant now) {
        return confirmed
                .map(day -> Duration.between(day.atStartOfDay(ZoneOffset.UTC).toInstant(), now))
                .map(age -> age.isNegative() ? Duration.ZERO : age);
    }

    /**
     * {@return a sentence that it was confirmed too long ago, if it was}
     *
     * @param now the instant at which it is used
     */
    public Optional<String> warning(Instant now) {
        LocalDate last = LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(Trust.CONFIRMED_DAYS);
        return confirmed
                .filter(day -> day.isBefore(last))
                .map(day -> "the trusted root " + name + " was confirmed on " + day + ", more than "
                        + Trust.CONFIRMED_DAYS + " days ago");
    }
}
