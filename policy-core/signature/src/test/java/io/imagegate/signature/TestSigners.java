package io.imagegate.signature;

import io.imagegate.signature.known.KnownForms;
import io.imagegate.signer.CertificateField;
import io.imagegate.signer.CertificateSigner;
import io.imagegate.signer.KeySigner;
import io.imagegate.signer.KeylessSigner;
import io.imagegate.signer.NotationSigner;
import io.imagegate.signer.PathGlob;
import io.imagegate.signer.PemFile;
import io.imagegate.signer.RevocationList;
import io.imagegate.signer.Signer;
import io.imagegate.signer.SigningKey;
import io.imagegate.signer.SubjectParts;
import io.imagegate.signer.Trust;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Signers of tests, whose names do not matter. */
public final class TestSigners {

    private static final String NAME = "signer";

    private TestSigners() {}

    /** {@return a verifier of signatures in some forms} */
    public static Verifier verifier(KnownForms forms) {
        return new Verifier(null, forms);
    }

    public static SigningKey key(byte[] pem) {
        return SigningKey.read(new String(pem, StandardCharsets.UTF_8));
    }

    public static KeySigner keys(List<SigningKey> keys) {
        return Signer.keys(NAME, keys);
    }

    static KeySigner keys(List<SigningKey> keys, Trust trust) {
        return keys(keys).withTrust(trust);
    }

    static Trust trust(String root) {
        return Trust.of("public", root);
    }

    static Trust trust(String root, int logs, int timestamps, int scts) {
        return trust(root).withRequired(logs, timestamps, scts);
    }

    static KeylessSigner keyless(Trust trust, String issuer, String identity, Map<String, String> certificate) {
        Map<CertificateField, PathGlob> fields = new EnumMap<>(CertificateField.class);
        certificate.forEach((name, glob) -> fields.put(field(name), PathGlob.parse(glob)));
        return new KeylessSigner(NAME, trust, issuer, PathGlob.parse(identity), fields);
    }

    private static CertificateField field(String name) {
        return Arrays.stream(CertificateField.values())
                .filter(field -> field.key().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<X509Certificate> certificates(List<byte[]> files) {
        return files.stream()
                .flatMap(file -> PemFile.certificates(new String(file, StandardCharsets.UTF_8)).stream())
                .toList();
    }

    static Office certificate(List<byte[]> roots) {
        return new Office(certificates(roots));
    }

    static Notary notation(List<byte[]> roots) {
        return new Notary(certificates(roots));
    }

    /** {@return a signer of Notation whose root is a recorded file} */
    public static NotationSigner notary(String root, String identity) {
        return notation(List.of(Recorded.bytes(root))).identity(identity).build();
    }

    /** Parts of a signer with certificates. */
    static final class Office {

        private final List<X509Certificate> roots;
        private Optional<String> subject = Optional.empty();
        private Optional<PathGlob> identity = Optional.empty();
        private Optional<Trust> trust = Optional.empty();
        private List<X509Certificate> timestamps = List.of();

        private Office(List<X509Certificate> roots) {
            this.roots = roots;
        }

        Office subject(String pattern) {
            subject = Optional.of(pattern);
            return this;
        }

        Office identity(String pattern) {
            identity = Optional.of(PathGlob.parse(pattern));
            return this;
        }

        Office trust(Trust evidence) {
            trust = Optional.of(evidence);
            return this;
        }

        Office timestamps(List<byte[]> files) {
            timestamps = certificates(files);
            return this;
        }

        CertificateSigner build() {
            return new CertificateSigner(NAME, roots, subject, identity, timestamps, trust);
        }
    }

    /** Parts of a signer of Notation. */
    static final class Notary {

        private final List<X509Certificate> roots;
        private final List<SubjectParts> identities = new ArrayList<>();
        private List<X509Certificate> timestamps = List.of();
        private List<RevocationList> crls = List.of();
        private NotationSigner.Revocation revocation = NotationSigner.Revocation.GIVEN;

        private Notary(List<X509Certificate> roots) {
            this.roots = roots;
        }

        Notary identity(String parts) {
            identities.add(SubjectParts.parse(parts));
            return this;
        }

        Notary timestamps(List<byte[]> files) {
            timestamps = certificates(files);
            return this;
        }

        Notary crls(List<byte[]> lists) {
            crls = lists.stream().map(RevocationList::of).toList();
            return this;
        }

        Notary requireRevocation() {
            revocation = NotationSigner.Revocation.REQUIRED;
            return this;
        }

        NotationSigner build() {
            return new NotationSigner(NAME, roots, identities, timestamps, crls, revocation);
        }
    }
}
