package io.imagegate.war;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A certificate that signs itself, for the loopback address, made by the JDK's own tool. */
record TestIdentity(Path keyStore, Path certificate) {

    static final String PASSWORD = "changeit";

    private static @Nullable TestIdentity made;

    /** {@return the one of this run, made when it is first asked for} */
    static synchronized TestIdentity get() throws IOException, InterruptedException {
        TestIdentity identity = made;
        if (identity == null) {
            identity = create(Files.createTempDirectory(Path.of("target").toAbsolutePath(), "identity-"));
            made = identity;
        }
        return identity;
    }

    private static TestIdentity create(Path directory) throws IOException, InterruptedException {
        Path store = directory.resolve("tomcat.p12");
        Path certificate = directory.resolve("tomcat.pem");
        keytool(store, "-genkeypair", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "SAN=ip:127.0.0.1");
        keytool(store, "-exportcert", "-rfc", "-file", certificate.toString());
        return new TestIdentity(store, certificate);
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

    /** {@return a context that trusts this certificate alone} */
    SSLContext trusting() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore)) {
            trusted.load(in, PASSWORD.toCharArray());
        }
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("tomcat", trusted.getCertificate("tomcat"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(anchors);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
