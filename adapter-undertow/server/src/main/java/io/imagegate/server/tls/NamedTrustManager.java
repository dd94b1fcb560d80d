package io.imagegate.server.tls;

import io.imagegate.certificate.CertificateNames;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts servers whose certificate has a given DNS name, whatever host is connected with. */
final class NamedTrustManager extends X509ExtendedTrustManager {

    private final X509ExtendedTrustManager authorities;
    private final String name;

    NamedTrustManager(X509ExtendedTrustManager authorities, String name) {
        this.authorities = authorities;
        this.name = name.toLowerCase(Locale.ROOT);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String algorithm) throws CertificateException {
        authorities.checkServerTrusted(chain, algorithm);
        Set<String> names = CertificateNames.of(chain[0]).stream()
                .map(found -> found.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        int dot = name.indexOf('.');
        if (!names.contains("dns:" + name) && !(dot > 0 && names.contains("dns:*" + name.substring(dot)))) {
            throw new CertificateException("the server's certificate does not have the name " + name);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String algorithm, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, algorithm);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String algorithm, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, algorithm);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String algorithm) throws CertificateException {
        throw new CertificateException("no client is expected");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String algorithm, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, algorithm);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String algorithm, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, algorithm);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.getAcceptedIssuers();
    }
}
