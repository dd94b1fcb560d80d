package io.imagegate.registry.tls;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The files that a registry's TLS needs beside the system's.
 *
 * @param ca certificates of its authorities; empty if those of the system are trusted
 * @param clientCertificate to present to the registry's own host
 */
public record RegistryTlsFiles(Optional<Path> ca, Optional<ClientCertificate> clientCertificate) {

    /** Files of a client certificate and its key. */
    public record ClientCertificate(Path certificate, Path key) {}

    /** {@return whether a client of its own is needed} */
    public boolean isSpecial() {
        return ca.isPresent() || clientCertificate.isPresent();
    }

    /** {@return the files for all other hosts, which do not get the client certificate} */
    public RegistryTlsFiles withoutCertificate() {
        return new RegistryTlsFiles(ca, Optional.empty());
    }
}
