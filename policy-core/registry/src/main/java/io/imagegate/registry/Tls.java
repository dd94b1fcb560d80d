package io.imagegate.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Builds HTTP clients for entries with a CA or a client certificate. */
final class Tls {

    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");
    private static final char[] PASSWORD = {};

    private Tls() {}

    /** {@return whether an entry needs a client of its own} */
    static boolean isSpecial(RegistryEntry entry) {
        return entry.ca().isPresent() || entry.clientCertificate().isPresent();
    }

    static HttpClient client(HttpClient.Builder builder, RegistryEntry entry, boolean withCertificate) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(withCertificate ? keys(entry) : null, trust(entry), null);
            return builder.sslContext(context).build();
        } catch (FileSystemException e) {
            throw new IllegalArgumentException(entry.host() + ": no file that can be read at " + e.getFile(), e);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(entry.host() + ": " + e.getMessage(), e);
        }
    }

    private static TrustManager @Nullable [] trust(RegistryEntry entry) throws IOException, GeneralSecurityException {
        if (entry.ca().isEmpty()) {
            return null;
        }
        KeyStore store = emptyStore();
        int count = 0;
        for (Certificate certificate : certificates(entry.ca().get())) {
            store.setCertificateEntry("ca" + count++, certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager @Nullable [] keys(RegistryEntry entry) throws IOException, GeneralSecurityException {
        if (entry.clientCertificate().isEmpty()) {
            return null;
        }
        RegistryEntry.ClientCertificate files = entry.clientCertificate().get();
        KeyStore store = emptyStore();
        store.setKeyEntry(
                "client",
                key(files.key()),
                PASSWORD,
                certificates(files.certificate()).toArray(Certificate[]::new));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD);
        return factory.getKeyManagers();
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new IOException(file + ": expected certificates in PEM");
            }
            return certificates;
        } catch (CertificateException e) {
            throw new IOException(file + ": expected certificates in PEM (" + e.getMessage() + ")", e);
        }
    }

    private static byte[] decoded(Path file, String base64) throws IOException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": expected a private key in base64", e);
        }
    }

    private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
        String pem = Files.readString(file);
        int begin = pem.indexOf("-----BEGIN PRIVATE KEY-----");
        int end = pem.indexOf("-----END PRIVATE KEY-----");
        if (begin < 0 || end < begin) {
            throw new IOException(file + ": expected a private key in PEM: PKCS #8, not encrypted");
        }
        byte[] der = decoded(file, pem.substring(begin + 27, end));
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (InvalidKeySpecException e) {
                // a key of another algorithm
            }
        }
        throw new IOException(file + ": expected a key of one of the algorithms " + String.join(", ", ALGORITHMS));
    }
}
