package io.imagegate.signature;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.encoding.Hex;
import io.imagegate.signature.format.Material;
import io.imagegate.signature.refusal.Fault;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signature.trust.TrustedAuthority;
import io.imagegate.signature.x509.Certificate;
import io.imagegate.signature.x509.CertificatePath;
import io.imagegate.signature.x509.DistinguishedName;
import io.imagegate.signature.x509.FulcioExtensions;
import io.imagegate.signer.PathGlob;
import io.imagegate.signer.SubjectPattern;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Counts signatures with certificates of an authority of their own, such as a company's. */
final class CertificateSigner extends Signer {

    private final List<Certificate> roots;
    private final @Nullable SubjectPattern subject;
    private final @Nullable PathGlob identity;
    private final @Nullable Trust trust;
    private final List<TrustedAuthority> authorities;

    CertificateSigner(CertificateSignerBuilder settings) {
        super(
                encoded(settings.roots),
                Optional.ofNullable(settings.subject).map(SubjectPattern::toString),
                Optional.ofNullable(settings.identity).map(PathGlob::toString),
                Optional.ofNullable(settings.trust),
                encoded(settings.timestamps));
        roots = List.copyOf(settings.roots);
        subject = settings.subject;
        identity = settings.identity;
        trust = settings.trust;
        authorities = settings.timestamps.stream().map(TrustedAuthority::of).toList();
    }

    static List<String> encoded(List<Certificate> certificates) {
        return certificates.stream().map(Certificate::encoded).map(Hex::encode).toList();
    }

    @Override
    SignatureProof verify(Verification verification) {
        Material material = verification.signature().material();
        Certificate leaf = material.leaf()
                .orElseThrow(
                        () -> Refusal.violated(Fault.MATERIAL, "signed with a key, expected a signature with " + this));
        Leaves.requireSigned(verification, leaf);
        Evidence evidence = trust == null
                ? Evidence.ofTimestamps(authorities, verification)
                : Evidence.require(trust, verification, verification.by(leaf));
        List<Instant> times = evidence.times().isEmpty() ? List.of(verification.at()) : evidence.times();
        Leaves.requireValid(leaf, times);
        Certificate root = root(verification.crypto(), leaf, material.others(), times);
        return new SignatureProof(
                signatory(leaf),
                evidence.times(),
                Leaves.issued(leaf),
                evidence.times().isEmpty()
                        ? until(leaf, material.others(), root, verification, evidence)
                        : Optional.empty(),
                evidence.entries(),
                leaf.key().fingerprint(verification.crypto()));
    }

    /** The path may lead through any of the others, so that the first that ends counts. */
    private static Optional<Instant> until(
            Certificate leaf,
            List<Certificate> others,
            Certificate root,
            Verification verification,
            Evidence evidence) {
        Stream<Certificate> path = Stream.concat(
                Stream.of(leaf, root), others.stream().filter(other -> other.isValidAt(verification.at())));
        return Stream.concat(path.map(Certificate::notAfter), evidence.until().stream())
                .min(Instant::compareTo);
    }

    private Certificate root(Crypto crypto, Certificate leaf, List<Certificate> others, List<Instant> times) {
        CertificatePath paths = CertificatePath.forCode(crypto);
        return roots.stream()
                .filter(root -> Leaves.issuer(paths, leaf, others, root, times).isPresent())
                .findFirst()
                .orElseThrow(() -> Refusal.violated(
                        Fault.CERTIFICATE,
                        "no path leads from the certificate to a root of the signer, or none that held at " + times));
    }

    private Signatory signatory(Certificate leaf) {
        DistinguishedName name = leaf.subject();
        if (subject != null && (name.count("CN") > 1 || !name.matches(subject))) {
            throw Refusal.violated(
                    Fault.IDENTITY,
                    "signed with the certificate of " + Refusal.shown(name.toString()) + ", expected " + this);
        }
        if (identity != null && !identity.matches(FulcioExtensions.identity(leaf))) {
            throw Refusal.violated(
                    Fault.IDENTITY,
                    "signed with the certificate of " + Refusal.shown(FulcioExtensions.identity(leaf)) + ", expected "
                            + this);
        }
        return new Signatory(Signatory.Kind.SUBJECT, name.toString(), "");
    }

    @Override
    public String toString() {
        return "a certificate" + (subject == null ? "" : " of " + Refusal.shown(subject.toString()))
                + (identity == null ? "" : " for " + Refusal.shown(identity.toString()));
    }
}
