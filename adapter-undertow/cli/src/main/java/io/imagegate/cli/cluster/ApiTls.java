package io.imagegate.cli.cluster;

import io.imagegate.follow.FileContents;
import io.imagegate.follow.FileContents.Content;
import io.imagegate.server.tls.Identity;
import io.imagegate.server.tls.TlsContexts;
import io.imagegate.server.tls.TlsFiles;
import io.imagegate.server.tls.TlsProblem;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * TLS settings of a connection to an API server.
 *
 * @param authorities its authorities in PEM; empty for those of the system
 * @param certificate the certificate to show, in PEM; empty for none
 * @param key the key of that certificate
 * @param serverName the DNS name in the certificate of the server; empty for the host of its URL
 */
record ApiTls(
        Optional<Content> authorities,
        Optional<Content> certificate,
        Optional<Content> key,
        Optional<String> serverName) {

    static final ApiTls SYSTEM = new ApiTls(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    static ApiTls ofAuthorities(Path file) {
        return new ApiTls(Optional.of(read(file)), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Content read(Path file) {
        return FileContents.read(List.of(file)).get(0);
    }

    SSLContext context() {
        if (certificate.isPresent() != key.isPresent()) {
            throw new ClusterProblem("expected both client-certificate and client-key");
        }
        try {
            List<X509Certificate> trusted =
                    authorities.map(TlsFiles::certificates).orElse(List.of());
            Identity identity =
                    certificate.isPresent() && key.isPresent() ? TlsFiles.identity(certificate.get(), key.get()) : null;
            return TlsContexts.client(identity, trusted, serverName.orElse(null));
        } catch (TlsProblem unusable) {
            throw new ClusterProblem(String.valueOf(unusable.getMessage()), unusable);
        }
    }
}
