package io.imagegate.server.tls;

import io.imagegate.text.SafeText;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether any of the authorities of clients is valid: certificates of others are refused.
 *
 * @param certificates of the authorities, at least one
 */
public record ClientAuthorities(List<X509Certificate> certificates) implements UsableCertificates {

    private static final int MOST = 5;
    private static final int LONGEST_TEXT = 300;

    @Override
    public String subject() {
        return "client authorities";
    }

    @Override
    public String label() {
        return "clients";
    }

    @Override
    public Optional<String> problem(Instant now) {
        int invalid = invalid(now);
        if (invalid < certificates.size()) {
            return Optional.empty();
        }
        if (invalid > 1) {
            return Optional.of("none of the " + invalid + " authorities of --client-ca is valid now");
        }
        X509Certificate only = certificates.get(0);
        return Optional.of("the authority of --client-ca "
                + (now.isAfter(ServedChain.end(only))
                        ? "expired at " + ServedChain.end(only)
                        : "is not valid before " + ServedChain.start(only)));
    }

    @Override
    public Optional<String> warning(Instant now) {
        int invalid = invalid(now);
        return invalid == 0 || invalid == certificates.size()
                ? Optional.empty()
                : Optional.of(invalid + " of " + certificates.size() + " authorities of --client-ca "
                        + (invalid == 1 ? "is" : "are") + " not valid now, so their clients are refused");
    }

    private int invalid(Instant now) {
        return (int) certificates.stream()
                .filter(authority -> !ServedChain.isValid(authority, now))
                .count();
    }

    @Override
    public Instant expiry() {
        return certificates.stream()
                .map(ServedChain::end)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    @Override
    public String expirySentence() {
        return "the last authority of --client-ca expires at " + expiry();
    }

    @Override
    public String description() {
        return certificates.stream()
                .limit(MOST)
                .map(authority ->
                        SafeText.quote(authority.getSubjectX500Principal().getName(), LONGEST_TEXT) + ", valid from "
                                + ServedChain.start(authority) + " until " + ServedChain.end(authority))
                .collect(Collectors.joining("; "));
    }
}
