package io.imagegate.server.tls;

import io.imagegate.text.SafeText;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether clients that verify as Go does, such as API servers, accept a server's chain of certificates. Nothing is known about the
 * authorities that they trust: a certificate whose issuer is not in the chain may be issued by one of these, and one whose issuer is
 * there needs a valid one. Immutable.
 */
public final class ServedChain implements UsableCertificates {

    /** Other clients take no longer chain, either. */
    private static final int LONGEST = 10;

    private static final int LONGEST_TEXT = 300;
    private static final List<String> FOR_SERVERS = List.of("1.3.6.1.5.5.7.3.1", /* any */ "2.5.29.37.0");

    private final X509Certificate certificate;
    private final Map<X509Certificate, List<X509Certificate>> issuers = new LinkedHashMap<>();
    private final List<Host> hosts;
    private final ServerNames names;

    /**
     * Looks at a chain.
     *
     * @param chain the server's certificate first
     * @param hosts names by which clients connect, any of which is enough; empty: names do not count
     */
    public ServedChain(List<X509Certificate> chain, List<Host> hosts) {
        this.certificate = chain.get(0);
        this.hosts = List.copyOf(hosts);
        this.names = new ServerNames(certificate);
        List<X509Certificate> considered = chain.subList(0, Math.min(LONGEST, chain.size()));
        for (X509Certificate issued : considered) {
            issuers.put(
                    issued,
                    considered.stream()
                            .filter(issuer -> !issuer.equals(issued) && isIssued(issued, issuer))
                            .toList());
        }
    }

    private static boolean isIssued(X509Certificate issued, X509Certificate issuer) {
        if (!issued.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        try {
            issued.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException another) {
            return false;
        }
    }

    @Override
    public String subject() {
        return "certificate";
    }

    @Override
    public String label() {
        return "serving";
    }

    @Override
    public Optional<String> problem(Instant now) {
        if (now.isBefore(start(certificate))) {
            return Optional.of("the certificate of --tls-cert is not valid before " + start(certificate));
        }
        if (now.isAfter(end(certificate))) {
            return Optional.of("the certificate of --tls-cert expired at " + end(certificate));
        }
        if (!leadsUp(List.of(certificate), above -> isValid(above, now))) {
            return Optional.of("a certificate above that of --tls-cert, in its file, has expired or is not valid yet");
        }
        if (!isForServers()) {
            return Optional.of("the certificate of --tls-cert is not for servers");
        }
        return isNamed()
                ? Optional.empty()
                : Optional.of("the certificate of --tls-cert is valid for none of the names of --service-name: "
                        + hosts.stream().map(Host::text).collect(Collectors.joining(", ")));
    }

    @Override
    public Optional<String> warning(Instant now) {
        return Optional.empty();
    }

    @Override
    public String expirySentence() {
        return "the certificate of --tls-cert expires at " + expiry();
    }

    @Override
    public Instant expiry() {
        return issuers.keySet().stream()
                .map(ServedChain::end)
                .sorted(Comparator.reverseOrder())
                .filter(end ->
                        leadsUp(List.of(certificate), above -> !end(above).isBefore(end)))
                .findFirst()
                .orElse(end(certificate));
    }

    @Override
    public String description() {
        return SafeText.quote(certificate.getSubjectX500Principal().getName(), LONGEST_TEXT) + ", valid from "
                + start(certificate) + " until " + end(certificate) + ", alternative names "
                + SafeText.quote(String.join(", ", names.texts()), LONGEST_TEXT);
    }

    /** Whether a path of valid certificates leads from the last one to one whose issuer only the client may have. */
    private boolean leadsUp(List<X509Certificate> path, Predicate<X509Certificate> valid) {
        X509Certificate last = path.get(path.size() - 1);
        List<X509Certificate> above = issuers.getOrDefault(last, List.of()).stream()
                .filter(issuer -> !path.contains(issuer))
                .toList();
        return valid.test(last)
                && (above.isEmpty()
                        || above.stream()
                                .anyMatch(issuer -> leadsUp(
                                        Stream.concat(path.stream(), Stream.of(issuer))
                                                .toList(),
                                        valid)));
    }

    private boolean isForServers() {
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            return purposes == null || purposes.stream().anyMatch(FOR_SERVERS::contains);
        } catch (CertificateParsingException unreadable) {
            return false;
        }
    }

    private boolean isNamed() {
        return hosts.isEmpty() || hosts.stream().anyMatch(names::include);
    }

    static boolean isValid(X509Certificate certificate, Instant now) {
        return !now.isBefore(start(certificate)) && !now.isAfter(end(certificate));
    }

    static Instant start(X509Certificate certificate) {
        return certificate.getNotBefore().toInstant();
    }

    static Instant end(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant();
    }
}
