package io.imagegate.registry.tls;

import io.imagegate.certificate.CertificateKeys;
import io.imagegate.time.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** TLS of an entry with a CA or a client certificate, whose files are followed. */
public final class Tls implements AutoCloseable {

    private static final char[] PASSWORD = {};

    /** As short as it can be: a resumed session checks no certificate, so a replaced file would not count. */
    private static final int SESSION_SECONDS = 1;

    private final SSLContext context;
    private final List<FollowedFiles<?>> followed = new ArrayList<>();

    private Tls(RegistryTlsFiles files, Executor threads, TimeSource time)
            throws IOException, GeneralSecurityException {
        context = SSLContext.getInstance("TLS");
        context.init(keys(files, threads, time), trust(files, threads, time), null);
        context.getClientSessionContext().setSessionTimeout(SESSION_SECONDS);
    }

    /**
     * {@return TLS for a host} Throws IllegalArgumentException, with the host, if the files cannot be used.
     *
     * @param threads look at the files
     * @param time the clock
     */
    public static Tls open(String host, RegistryTlsFiles files, Executor threads, TimeSource time) {
        try {
            return new Tls(files, threads, time);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(host + ": " + FollowedFiles.reason(e), e);
        }
    }

    /** {@return what clients connect with} */
    public SSLContext context() {
        return context;
    }

    /** Ends following the files. */
    @Override
    public void close() {
        followed.forEach(FollowedFiles::close);
    }

    private <T> FollowedFiles<T> follow(
            List<Path> files, FollowedFiles.Reader<T> reader, Executor threads, TimeSource time)
            throws IOException, GeneralSecurityException {
        FollowedFiles<T> opened = FollowedFiles.open(files, reader, threads, time);
        followed.add(opened);
        return opened;
    }

    private TrustManager @Nullable [] trust(RegistryTlsFiles files, Executor threads, TimeSource time)
            throws IOException, GeneralSecurityException {
        if (files.ca().isEmpty()) {
            return null;
        }
        Path file = files.ca().get();
        return new TrustManager[] {
            new FollowedTrust(follow(List.of(file), contents -> trust(file, contents.get(0)), threads, time))
        };
    }

    private static X509ExtendedTrustManager trust(Path file, byte[] content)
            throws IOException, GeneralSecurityException {
        KeyStore store = emptyStore();
        int count = 0;
        for (Certificate certificate : PemContent.certificates(file, content)) {
            store.setCertificateEntry("ca" + count++, certificate);
        }
        PKIXBuilderParameters parameters = new PKIXBuilderParameters(store, null);
        parameters.setRevocationEnabled(false);
        parameters.addCertPathChecker(new CertificateKeys());
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(new CertPathTrustManagerParameters(parameters));
        return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    }

    private KeyManager @Nullable [] keys(RegistryTlsFiles files, Executor threads, TimeSource time)
            throws IOException, GeneralSecurityException {
        if (files.clientCertificate().isEmpty()) {
            return null;
        }
        RegistryTlsFiles.ClientCertificate names = files.clientCertificate().get();
        return new KeyManager[] {
            new FollowedKeys(follow(
                    List.of(names.certificate(), names.key()),
                    contents -> keys(names, contents.get(0), contents.get(1)),
                    threads,
                    time))
        };
    }

    private static X509ExtendedKeyManager keys(RegistryTlsFiles.ClientCertificate names, byte[] certificate, byte[] key)
            throws IOException, GeneralSecurityException {
        PrivateKey secret = PemContent.key(names.key(), key);
        List<X509Certificate> chain = PemContent.certificates(names.certificate(), certificate);
        if (!belongs(secret, chain.get(0))) {
            throw new IOException(names.key() + ": not the key of the certificate in " + names.certificate());
        }
        KeyStore store = emptyStore();
        store.setKeyEntry("client", secret, PASSWORD, chain.toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD);
        return (X509ExtendedKeyManager) factory.getKeyManagers()[0];
    }

    /** Two files are never replaced at the same time; in between, one is of the old pair. */
    private static boolean belongs(PrivateKey key, Certificate certificate) throws GeneralSecurityException {
        String algorithm = key.getAlgorithm();
        if (!algorithm.equals(certificate.getPublicKey().getAlgorithm())) {
            return false;
        }
        Signature signature = Signature.getInstance(
                switch (algorithm) {
                    case "EC" -> "SHA256withECDSA";
                    case "RSA" -> "SHA256withRSA";
                    default -> "EdDSA";
                });
        signature.initSign(key);
        signature.update(certificate.getEncoded());
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(certificate.getEncoded());
        return signature.verify(signed);
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
