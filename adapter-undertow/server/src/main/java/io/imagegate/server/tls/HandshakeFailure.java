package io.imagegate.server.tls;

import io.imagegate.text.JdkSentences;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why a TLS handshake failed. */
public enum HandshakeFailure {
    /** The client's certificate, or one above it, has expired. */
    EXPIRED("it, or a certificate above it, has expired"),
    /** The client's certificate, or one above it, is not valid yet. */
    NOT_YET_VALID("it, or a certificate above it, is not valid yet"),
    /** A certificate of the client's chain is signed in a way that is not secure. */
    WEAK("it, or a certificate above it, uses a weak algorithm"),
    /** No trusted authority signed the client's certificate, or it is not for clients. */
    UNTRUSTED("no authority in --client-ca signed it for use by a client"),
    /** The client showed no certificate; most clients show none of an authority that the server does not name. */
    MISSING("it showed no certificate of an authority in --client-ca"),
    /** The client ended the handshake with an alert. */
    ALERT("it sent an alert; most often it does not trust the certificate of this server"),
    /** The client speaks no TLS, or has no version or cipher suite in common with the server. */
    PROTOCOL("it does not speak TLS 1.2 or 1.3 with one of the cipher suites of this server");

    private static final int MAX_CAUSES = 10;

    private final String explanation;

    HandshakeFailure(String explanation) {
        this.explanation = explanation;
    }

    /** {@return the name in metrics} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the reason as the end of a sentence about the certificate, or the client if there is none} */
    public String explanation() {
        return explanation;
    }

    /** Why a certificate was rejected. */
    static HandshakeFailure of(CertificateException rejected) {
        Throwable cause = rejected;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++, cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException || hasReason(cause, BasicReason.EXPIRED)) {
                return EXPIRED;
            }
            if (cause instanceof CertificateNotYetValidException || hasReason(cause, BasicReason.NOT_YET_VALID)) {
                return NOT_YET_VALID;
            }
            if (hasReason(cause, BasicReason.ALGORITHM_CONSTRAINED)) {
                return WEAK;
            }
        }
        return UNTRUSTED;
    }

    private static boolean hasReason(Throwable thrown, BasicReason reason) {
        return thrown instanceof CertPathValidatorException invalid && invalid.getReason() == reason;
    }

    /**
     * Finds out why an engine was closed. Undertow does not report it, but starting another handshake throws the
     * original error.
     *
     * @param closed an engine of a server whose handshake did not succeed
     * @return why; empty if the client just disconnected, or if {@link ClientCertificates} reported it
     */
    public static Optional<HandshakeFailure> of(SSLEngine closed) {
        try {
            closed.beginHandshake();
            return Optional.empty();
        } catch (SSLException broken) {
            return reason(broken.getCause());
        }
    }

    private static Optional<HandshakeFailure> reason(@Nullable Throwable cause) {
        Throwable next = cause;
        for (int i = 0; next != null && i < MAX_CAUSES; i++, next = next.getCause()) {
            if (next instanceof CertificateException) {
                return Optional.empty();
            }
        }
        if (cause == null || JdkSentences.saysDisconnected(cause)) {
            return Optional.empty();
        }
        if (JdkSentences.saysAlert(cause)) {
            return Optional.of(ALERT);
        }
        return Optional.of(JdkSentences.saysNoCertificate(cause) ? MISSING : PROTOCOL);
    }
}
