package io.imagegate.signature.fact;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.imagegate.signature.CertificateSignerBuilder;
import io.imagegate.signature.NotationSignerBuilder;
import io.imagegate.signature.Signer;
import io.imagegate.signature.SigningKey;
import io.imagegate.signature.Trust;
import io.imagegate.signature.TrustedRoot;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signer.CertificateField;
import io.imagegate.signer.NamedSigner;
import io.imagegate.signer.SignerCertificate;
import io.imagegate.signer.SignerCrl;
import io.imagegate.signer.SignerIdentity;
import io.imagegate.signer.SignerKey;
import io.imagegate.signer.SignerKeys;
import io.imagegate.signer.SignerNotation;
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

    /** Most bytes, by estimate; lists of revoked certificates have megabytes. */
    private static final int MOST = 64 << 20;

    private static final int SMALL = 64 << 10;

    private record Made(Signer signer, int weight) {}

    private final Cache<String, Made> signers = Caffeine.newBuilder()
            .maximumWeight(MOST)
            .weigher((String identity, Made made) -> made.weight)
            .build();

    /** {@return the same signer for the verifier} Throws a refusal if there is none. */
    Signer of(NamedSigner signer) {
        return signers.get(signer.identity(), identity -> new Made(makeOrRefuse(signer), weight(signer))).signer;
    }

    private static int weight(NamedSigner signer) {
        return signer instanceof SignerNotation notation
                ? notation.crls().stream().mapToInt(crl -> crl.content().length).sum() + SMALL
                : SMALL;
    }

    private static Signer makeOrRefuse(NamedSigner signer) {
        try {
            return make(signer);
        } catch (IllegalArgumentException e) {
            throw Refusal.undecidable("signer " + signer.name() + ": " + e.getMessage());
        }
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
        return signer instanceof SignerNotation notation ? notation(notation) : certificate((SignerCertificate) signer);
    }

    private static Signer notation(SignerNotation signer) {
        NotationSignerBuilder builder = Signer.notation(pem(signer.roots()))
                .crls(signer.crls().stream().map(SignerCrl::content).toList());
        if (!signer.timestamps().isEmpty()) {
            builder.timestamps(pem(signer.timestamps()));
        }
        signer.identities().forEach(identity -> builder.identity(identity.toString()));
        if (signer.revocation() == SignerNotation.Revocation.REQUIRED) {
            builder.requireRevocation();
        }
        return builder.build();
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
