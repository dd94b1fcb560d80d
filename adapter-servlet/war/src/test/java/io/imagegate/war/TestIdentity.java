package io.imagegate.war;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A certificate that signs itself, for the loopback address, made by the JDK's own tool. */
record TestIdentity(Path keyStore, Path certificate) {

    static final String PASSWORD = "changeit";

    private static @Nullable TestIdentity made;

    /** {@return the one of this run, made when it is first asked for} */
    static synchronized TestIdentity get() throws IOException, InterruptedException, GeneralSecurityException {
        TestIdentity identity = made;
        if (identity == null) {
            identity = create(Files.createTempDirectory(Path.of("target").toAbsolutePath(), "identity-"));
            made = identity;
        }
        return identity;
    }

    private static TestIdentity create(Path directory)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = directory.resolve("tomcat.p12");
        Path certificate = directory.resolve("tomcat.pem");
        keytool(store, "-genkeypair", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "SAN=ip:127.0.0.1");
        keytool(store, "-exportcert", "-rfc", "-file", certificate.toString());
        TestIdentity identity = new TestIdentity(store, certificate);
        try (OutputStream out = Files.newOutputStream(identity.trustStore())) {
            identity.anchors().store(out, PASSWORD.toCharArray());
        }
        return identity;
    }

    private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        builder.command().addAll(List.of(arguments));
        builder.command()
                .addAll(List.of(
                        "-alias",
                        "tomcat",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD));
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("keytool: " + output);
        }
    }

    /** {@return a context that trusts this certificate alone, and has none} */
    SSLContext trusting() throws GeneralSecurityException, IOException {
        return trusting(null);
    }

    /** {@return a context that trusts this certificate alone, and shows it, too} */
    SSLContext showing() throws GeneralSecurityException, IOException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load(), PASSWORD.toCharArray());
        return trusting(keys.getKeyManagers());
    }

    /** {@return a file with this certificate alone, as that of an authority} */
    Path trustStore() {
        return keyStore.resolveSibling("trusted.p12");
    }

    private KeyStore anchors() throws GeneralSecurityException, IOException {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("tomcat", load().getCertificate("tomcat"));
        return anchors;
    }

    private KeyStore load() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private SSLContext trusting(KeyManager @Nullable [] keys) throws GeneralSecurityException, IOException {
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(anchors());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, managers.getTrustManagers(), null);
        return context;
    }
}
