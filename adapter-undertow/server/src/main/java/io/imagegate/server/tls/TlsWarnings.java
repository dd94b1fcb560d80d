package io.imagegate.server.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds likely mistakes in valid TLS files. */
final class TlsWarnings {

    private static final int LATEST_VERSION = 3;

    private TlsWarnings() {}

    /**
     * Looks for mistakes in valid files.
     *
     * @param key the file of the private key
     * @param authoritiesFile the file of the client authorities; null when clients show no certificate
     * @param authorities what is in it
     * @return a sentence for each
     */
    static List<String> of(Path key, @Nullable Path authoritiesFile, List<X509Certificate> authorities) {
        List<String> warnings = new ArrayList<>();
        if (isReadableByAll(key)) {
            warnings.add(key + ": every user of this machine can read this private key; expected mode 0600 or 0640");
        }
        for (X509Certificate authority : authorities) {
            // Certificates of version 1 do not say whether they are an authority's.
            if (authority.getVersion() == LATEST_VERSION && authority.getBasicConstraints() < 0) {
                warnings.add(authoritiesFile + ": " + authority.getSubjectX500Principal()
                        + " is not an authority, so only clients with this very certificate are accepted; expected the"
                        + " certificate of the authority that signed it");
            }
        }
        return warnings;
    }

    private static boolean isReadableByAll(Path file) {
        try {
            return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }
}
