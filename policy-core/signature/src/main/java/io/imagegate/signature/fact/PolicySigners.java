package io.imagegate.signature.fact;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.imagegate.signature.CertificateSignerBuilder;
import io.imagegate.signature.Signer;
import io.imagegate.signature.SigningKey;
import io.imagegate.signature.Trust;
import io.imagegate.signature.TrustedRoot;
import io.imagegate.signer.CertificateField;
import io.imagegate.signer.NamedSigner;
import io.imagegate.signer.SignerCertificate;
import io.imagegate.signer.SignerIdentity;
import io.imagegate.signer.SignerKey;
import io.imagegate.signer.SignerKeys;
import io.imagegate.signer.SignerTrust;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes signers of the verifier from those of policies, and keeps them by content: reading a trusted root takes time. */
final class PolicySigners {

    private static final int MOST = 256;

    private final Cache<String, Signer> signers =
            Caffeine.newBuilder().maximumSize(MOST).build();

    /** {@return the same signer for the verifier} Throws IllegalArgumentException if there is none. */
    Signer of(NamedSigner signer) {
        return signers.get(signer.identity(), identity -> make(signer));
    }

    private static Signer make(NamedSigner signer) {
        if (signer instanceof SignerKeys keys) {
            List<SigningKey> read = keys.keys().stream().map(PolicySigners::key).toList();
            return keys.trust().map(trust -> Signer.keys(read, trust(trust))).orElseGet(() -> Signer.keys(read));
        }
        if (signer instanceof SignerIdentity keyless) {
            return Signer.keyless(
                    trust(keyless.root()), keyless.issuer(), keyless.subject().toString(), fields(keyless));
        }
        return certificate((SignerCertificate) signer);
    }

    private static SigningKey key(SignerKey key) {
        SigningKey read = SigningKey.read(pem("PUBLIC KEY", key.publicKey().getEncoded()));
        return key.notAfter().map(read::withNotAfter).orElse(read);
    }

    private static Trust trust(SignerTrust trust) {
        TrustedRoot root = TrustedRoot.read(trust.content().getBytes(StandardCharsets.UTF_8));
        return new Trust(root, trust.log(), trust.timestamp(), trust.sct());
    }

    private static Map<String, String> fields(SignerIdentity keyless) {
        Map<String, String> fields = new HashMap<>();
        for (Map.Entry<CertificateField, ?> field : keyless.certificate().entrySet()) {
            fields.put(field.getKey().key(), field.getValue().toString());
        }
        return fields;
    }

    private static Signer certificate(SignerCertificate signer) {
        CertificateSignerBuilder builder = Signer.certificate(pem(signer.roots()));
        if (!signer.timestamps().isEmpty()) {
            builder.timestamps(pem(signer.timestamps()));
        }
        signer.subject().ifPresent(builder::subject);
        signer.subjectName().ifPresent(name -> builder.identity(name.toString()));
        signer.trust().ifPresent(trust -> builder.trust(trust(trust)));
        return builder.build();
    }

    private static List<byte[]> pem(List<X509Certificate> certificates) {
        return certificates.stream().map(PolicySigners::pem).toList();
    }

    private static byte[] pem(X509Certificate certificate) {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("a certificate without an encoding", e);
        }
    }

    private static byte[] pem(String label, byte[] content) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return ("-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
