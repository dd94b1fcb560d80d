package io.imagegate.server.tls;

import io.imagegate.certificate.CertificateKeys;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Makes the JDK's TLS contexts from identities and authorities that were read or issued here. */
public final class TlsContexts {

    /**
     * The key store stays in memory and is never written, but its format needs a password. PKCS#12 would delay the
     * start by a tenth of a second to derive keys from it.
     */
    private static final String FORMAT = "JKS";

    private static final char[] UNUSED = {'-'};

    /** Enabled protocol versions. */
    public static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    /**
     * Enabled cipher suites, best first, all with forward secrecy and authenticated encryption. HTTP/2 requires the
     * first one for TLS 1.2 with RSA.
     */
    public static final List<String> CIPHER_SUITES = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private TlsContexts() {}

    /**
     * Creates a context for a server.
     *
     * @param identity the server's own
     * @param clientAuthorities certificates of the authorities whose clients may connect; empty: clients show none
     * @return a context with TLS 1.2 and 1.3
     */
    public static SSLContext server(Identity identity, List<X509Certificate> clientAuthorities) {
        return context(identity, clientAuthorities, null);
    }

    /**
     * Creates a context for a server that reports the certificates of its clients.
     *
     * @param identity the server's own
     * @param clientAuthorities certificates of the authorities whose clients may connect; empty: clients show none
     * @param reports called for each certificate that a client shows
     * @return a context with TLS 1.2 and 1.3
     */
    public static SSLContext server(
            Identity identity, List<X509Certificate> clientAuthorities, ClientCertificates reports) {
        return context(identity, clientAuthorities, reports);
    }

    /**
     * Creates a context for a client that trusts one authority and shows no certificate.
     *
     * @param authority certificate of the authority
     * @return the context
     */
    public static SSLContext client(X509Certificate authority) {
        return context(null, List.of(authority), null);
    }

    /**
     * Creates a context for a client.
     *
     * @param identity what the client shows; null if it shows no certificate
     * @param authorities certificates of the authorities that it trusts; empty: those of the system
     * @param serverName the DNS name that the certificate of the server has to have; null: the host that is connected with
     * @return the context
     */
    public static SSLContext client(
            @Nullable Identity identity, List<X509Certificate> authorities, @Nullable String serverName) {
        try {
            TrustManager[] trust = authorities.isEmpty() ? systemTrust() : trust(authorities);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(identity), serverName == null ? trust : named(trust, serverName), null);
            return context;
        } catch (GeneralSecurityException | IOException unusable) {
            throw new TlsProblem("invalid certificate or key:  " + unusable.getMessage(), unusable);
        }
    }

    private static TrustManager[] systemTrust() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init((KeyStore) null);
        return factory.getTrustManagers();
    }

    private static TrustManager[] named(TrustManager[] managers, String serverName) {
        return Arrays.stream(managers)
                .map(manager -> new NamedTrustManager((X509ExtendedTrustManager) manager, serverName))
                .toArray(TrustManager[]::new);
    }

    /**
     * Creates a context for a client that trusts exactly one certificate, whatever its issuer and its names.
     *
     * @param certificate the trusted certificate
     * @return the context
     */
    public static SSLContext pinned(X509Certificate certificate) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new PinnedTrustManager(certificate)}, null);
            return context;
        } catch (GeneralSecurityException unusable) {
            throw new TlsProblem("TLS is not available:  " + unusable.getMessage(), unusable);
        }
    }

    private static SSLContext context(
            @Nullable Identity identity, List<X509Certificate> authorities, @Nullable ClientCertificates reports) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(identity), authorities.isEmpty() ? null : reported(trust(authorities), reports), null);
            return context;
        } catch (GeneralSecurityException | IOException unusable) {
            throw new TlsProblem("invalid certificate or key:  " + unusable.getMessage(), unusable);
        }
    }

    private static KeyManager @Nullable [] keys(@Nullable Identity identity)
            throws GeneralSecurityException, IOException {
        if (identity == null) {
            return null;
        }
        KeyStore store = emptyStore();
        store.setKeyEntry("identity", identity.key(), UNUSED, identity.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, UNUSED);
        return factory.getKeyManagers();
    }

    static TrustManager[] trust(List<X509Certificate> authorities) throws GeneralSecurityException {
        Set<TrustAnchor> anchors = authorities.stream()
                .map(authority -> new TrustAnchor(authority, null))
                .collect(Collectors.toSet());
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, null);
        parameters.setRevocationEnabled(false);
        parameters.addCertPathChecker(new SignatureStrength());
        parameters.addCertPathChecker(new CertificateKeys());
        parameters.addCertPathChecker(new AuthorityValidity(authorities));
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(new CertPathTrustManagerParameters(parameters));
        return factory.getTrustManagers();
    }

    private static TrustManager[] reported(TrustManager[] managers, @Nullable ClientCertificates reports) {
        if (reports == null) {
            return managers;
        }
        return Arrays.stream(managers)
                .map(manager -> manager instanceof X509ExtendedTrustManager decides
                        ? new ReportingTrustManager(decides, reports)
                        : manager)
                .toArray(TrustManager[]::new);
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(FORMAT);
        store.load(null, UNUSED);
        return store;
    }
}
