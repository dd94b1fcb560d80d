package io.imagegate.server.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** A trust manager that reports the clients that another one accepts and rejects. */
final class ReportingTrustManager extends X509ExtendedTrustManager {

    private final X509ExtendedTrustManager decides;
    private final ClientCertificates reports;

    ReportingTrustManager(X509ExtendedTrustManager decides, ClientCertificates reports) {
        this.decides = decides;
        this.reports = reports;
    }

    private interface Verification {
        void run() throws CertificateException;
    }

    private void report(X509Certificate[] chain, Verification verification) throws CertificateException {
        try {
            verification.run();
        } catch (CertificateException rejected) {
            if (chain.length > 0) {
                reports.rejected(chain[0], HandshakeFailure.of(rejected));
            }
            throw rejected;
        }
        reports.accepted(chain[0]);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
            throws CertificateException {
        report(chain, () -> decides.checkClientTrusted(chain, type, engine));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
            throws CertificateException {
        report(chain, () -> decides.checkClientTrusted(chain, type, socket));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        report(chain, () -> decides.checkClientTrusted(chain, type));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
            throws CertificateException {
        decides.checkServerTrusted(chain, type, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
            throws CertificateException {
        decides.checkServerTrusted(chain, type, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        decides.checkServerTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return decides.getAcceptedIssuers();
    }
}
