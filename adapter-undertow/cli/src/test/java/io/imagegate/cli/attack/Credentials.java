package io.imagegate.cli.attack;

import io.imagegate.server.tls.Authority;
import io.imagegate.server.tls.Host;
import io.imagegate.server.tls.Identity;
import io.imagegate.server.tls.PemFiles;
import io.imagegate.server.tls.TlsContexts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;

/** The server's certificate, and those of a client that may ask and of one that may not. */
final class Credentials {

    /** The name of clients that may ask. */
    static final String NAME = "kube-apiserver";

    private static final Duration VALIDITY = Duration.ofDays(1);

    private final Path folder;
    private final Authority authority;
    private final SSLContext apiserver;
    private final SSLContext stranger;

    private Credentials(Path folder, Authority authority) {
        this.folder = folder;
        this.authority = authority;
        this.apiserver = context(authority, NAME);
        this.stranger = context(authority, "stranger");
    }

    /** Writes the server's files into a folder. */
    static Credentials write(Path folder) throws IOException {
        Authority authority = Authority.create("hostile clients", Instant.now(), VALIDITY);
        PemFiles.writeCertificates(authority.identity(), folder.resolve("ca.pem"));
        Credentials written = new Credentials(folder, authority);
        written.renew();
        return written;
    }

    /** Gives the server another certificate. */
    void renew() throws IOException {
        Identity webhook = authority.server(List.of(Host.parse("127.0.0.1")), VALIDITY);
        PemFiles.writeCertificates(webhook, folder.resolve("webhook.pem"));
        PemFiles.writeKey(webhook, folder.resolve("webhook-key.pem"));
    }

    private static SSLContext context(Authority authority, String name) {
        // A side that shows a certificate and knows an authority needs the same context, whichever side it is.
        return TlsContexts.server(
                authority.client(name, VALIDITY), List.of(authority.identity().certificate()));
    }

    /** Of a client with another name. */
    SSLContext client(String name) {
        return context(authority, name);
    }

    /** The options of {@code serve} that name the server's files. */
    List<String> serverOptions() {
        return List.of("--tls-cert", file("webhook.pem"), "--tls-key", file("webhook-key.pem"));
    }

    /** The options of {@code serve} by which only {@link #NAME} may ask. */
    List<String> clientOptions() {
        return List.of("--client-ca", file("ca.pem"), "--client-name", NAME);
    }

    Path authority() {
        return folder.resolve("ca.pem");
    }

    /** The folder of all files. */
    String folder() {
        return folder.toString();
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    /** Of a client that may ask. */
    SSLContext apiserver() {
        return apiserver;
    }

    /** Of a client whose certificate is valid, but has another name. */
    SSLContext stranger() {
        return stranger;
    }
}
