package io.imagegate.server.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The private key and the certificates of one side of a TLS connection.
 *
 * @param key the private key
 * @param chain its certificate first, then those that lead to the authority
 */
public record Identity(PrivateKey key, List<X509Certificate> chain) {

    /** {@return the certificate of this identity} */
    public X509Certificate certificate() {
        return chain.get(0);
    }
}
