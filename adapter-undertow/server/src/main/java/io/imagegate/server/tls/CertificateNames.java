package io.imagegate.server.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Whom a certificate is for. */
public final class CertificateNames {

    private CertificateNames() {}

    /**
     * The names in a certificate: the common names of its subject, and its alternative names as they are written.
     *
     * @param certificate whose chain was verified
     * @return the names, the subject's first
     */
    public static Set<String> of(X509Certificate certificate) {
        Set<String> names = new LinkedHashSet<>();
        addCommonNames(certificate, names);
        addAlternatives(certificate, names);
        return names;
    }

    private static void addCommonNames(X509Certificate certificate, Set<String> names) {
        try {
            for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN") && part.getValue() instanceof String name) {
                    names.add(name);
                }
            }
        } catch (InvalidNameException unreadable) {
            // A name that cannot be read is none.
        }
    }

    private static void addAlternatives(X509Certificate certificate, Set<String> names) {
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                for (List<?> alternative : alternatives) {
                    if (alternative.get(1) instanceof String name) {
                        names.add(name);
                    }
                }
            }
        } catch (CertificateParsingException unreadable) {
            // A name that cannot be read is none.
        }
    }
}
