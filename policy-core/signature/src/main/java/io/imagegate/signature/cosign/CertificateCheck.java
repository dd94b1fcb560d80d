package io.imagegate.signature.cosign;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.format.Material;
import io.imagegate.signature.proof.Evidence;
import io.imagegate.signature.proof.Leaves;
import io.imagegate.signature.proof.Proof;
import io.imagegate.signature.proof.RequiredTrust;
import io.imagegate.signature.proof.SignerCheck;
import io.imagegate.signature.proof.Verification;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signature.trust.TrustedAuthority;
import io.imagegate.signature.x509.Certificate;
import io.imagegate.signature.x509.CertificatePath;
import io.imagegate.signature.x509.DistinguishedName;
import io.imagegate.signature.x509.FulcioExtensions;
import io.imagegate.signer.CertificateSigner;
import io.imagegate.signer.PathGlob;
import io.imagegate.signer.Signatory;
import io.imagegate.signer.SignatureFault;
import io.imagegate.signer.SubjectPattern;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Counts signatures with certificates of an authority of their own, such as a company's. */
final class CertificateCheck implements SignerCheck {

    private final CertificateSigner signer;
    private final List<Certificate> roots;
    private final @Nullable SubjectPattern subject;
    private final @Nullable PathGlob identity;
    private final @Nullable RequiredTrust trust;
    private final List<TrustedAuthority> authorities;

    CertificateCheck(CertificateSigner signer) {
        this.signer = signer;
        roots = Certificate.readAll("roots", signer.roots());
        subject = signer.subject().map(SubjectPattern::parse).orElse(null);
        identity = signer.subjectName().orElse(null);
        trust = signer.trust().map(RequiredTrust::of).orElse(null);
        authorities = TrustedAuthority.all(signer.timestamps());
    }

    @Override
    public Proof verify(Verification verification) {
        Material material = verification.signature().material();
        Certificate leaf = material.leaf()
                .orElseThrow(() -> Refusal.violated(
                        SignatureFault.MATERIAL, "signed with a key, expected a signature with " + signer));
        Leaves.requireSigned(verification, leaf);
        Evidence evidence = trust == null
                ? Evidence.ofTimestamps(authorities, verification)
                : Evidence.require(trust, verification, verification.by(leaf));
        List<Instant> times = evidence.times().isEmpty() ? List.of(verification.at()) : evidence.times();
        Leaves.requireValid(leaf, times);
        Certificate root = root(verification.crypto(), leaf, material.others(), times);
        return new Proof(
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
                        SignatureFault.CERTIFICATE,
                        "no path leads from the certificate to a root of the signer, or none that held at " + times));
    }

    private Signatory signatory(Certificate leaf) {
        DistinguishedName name = leaf.subject();
        if (subject != null && !name.matches(subject)) {
            throw refused(name.toString());
        }
        if (identity != null && !identity.matches(FulcioExtensions.identity(leaf))) {
            throw refused(FulcioExtensions.identity(leaf));
        }
        return Signatory.subject(name.toString());
    }

    private Refusal refused(String found) {
        return Refusal.violated(
                SignatureFault.IDENTITY,
                "signed with the certificate of " + Refusal.shown(found) + ", expected " + signer);
    }
}
