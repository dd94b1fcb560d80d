package io.imagegate.signature.x509;

import java.io.IOException;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * What an anchor demands of the paths that end with it. The platform uses only its name and key; cosign also checks its
 * extensions.
 */
final class AnchorLimits {

    private static final String NAME_CONSTRAINTS = "2.5.29.30";
    private static final int CERTIFICATE_SIGNING = 5;

    private AnchorLimits() {}

    /**
     * {@return whether a path, that of the signer first and without its anchor, may end with the anchor}
     *
     * @param authorities those of the path, the anchor last
     */
    static boolean allow(List<X509Certificate> path, List<Certificate> authorities, X509Certificate x509) {
        Certificate anchor = authorities.get(authorities.size() - 1);
        boolean[] usage = x509.getKeyUsage();
        List<X509Certificate> limited = new ArrayList<>(List.of(path.get(0)));
        for (int i = 1; i < path.size(); i++) {
            // Authorities that get a new key under an old name do not count (RFC 5280, section 6.1.4).
            if (!authorities.get(i - 1).isSelfIssued()) {
                limited.add(path.get(i));
            }
        }
        return (usage == null || usage[CERTIFICATE_SIGNING])
                && !x509.hasUnsupportedCriticalExtension()
                && limited.size() - 1 <= x509.getBasicConstraints()
                && allowNames(anchor, limited);
    }

    private static boolean allowNames(Certificate anchor, List<X509Certificate> limited) {
        X509CertSelector limits = new X509CertSelector();
        try {
            limits.setNameConstraints(
                    anchor.extensions().value(NAME_CONSTRAINTS).orElse(null));
        } catch (IOException e) {
            return false;
        }
        return limited.stream().allMatch(limits::match);
    }
}
