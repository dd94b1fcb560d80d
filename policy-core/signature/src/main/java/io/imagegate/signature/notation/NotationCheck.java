package io.imagegate.signature.notation;

import io.imagegate.signature.proof.Evidence;
import io.imagegate.signature.proof.Leaves;
import io.imagegate.signature.proof.Proof;
import io.imagegate.signature.proof.SignerCheck;
import io.imagegate.signature.proof.Verification;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signature.trust.TrustedAuthority;
import io.imagegate.signature.x509.Certificate;
import io.imagegate.signature.x509.CertificateChain;
import io.imagegate.signature.x509.Crl;
import io.imagegate.signature.x509.Revocations;
import io.imagegate.signer.NotationSigner;
import io.imagegate.signer.Signatory;
import io.imagegate.signer.SignatureFault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Counts signatures of Notation, as its level "strict" does, with certificates of an authority of their own. */
final class NotationCheck implements SignerCheck {

    private final NotationSigner signer;
    private final List<Certificate> roots;
    private final List<TrustedAuthority> authorities;
    private final Revocations revocations;

    NotationCheck(NotationSigner signer) {
        this.signer = signer;
        roots = Certificate.readAll("roots", signer.roots());
        authorities = TrustedAuthority.all(signer.timestamps());
        List<Crl> crls = signer.crls().stream()
                .map(list -> Crl.read("the CRL", list.content()))
                .toList();
        revocations = new Revocations(crls, signer.revocation() == NotationSigner.Revocation.REQUIRED);
    }

    @Override
    public Proof verify(Verification verification) {
        List<Certificate> certificates = verification.signature().material().chain();
        Leaves.requireMade(verification, certificates.get(0));
        CertificateChain chain = CertificateChain.of(certificates);
        List<Certificate> path = chain.upTo(roots);
        Evidence evidence = Evidence.ofTimestamps(authorities, verification);
        List<Instant> times = evidence.times().isEmpty() ? List.of(verification.at()) : evidence.times();
        times.forEach(time -> chain.requireHolding(verification.crypto(), time));
        Signatory signatory = signatory(path.get(0));
        Optional<Instant> expiry = verification.signature().expiry();
        expiry.filter(verification.at()::isAfter).ifPresent(last -> {
            throw Refusal.violated(SignatureFault.TIME, "the signature expired at " + last);
        });
        Optional<Instant> known = revocations.require(verification.crypto(), path, evidence.times(), verification.at());
        Stream<Instant> ends =
                evidence.times().isEmpty() ? certificates.stream().map(Certificate::notAfter) : Stream.empty();
        return new Proof(
                signatory,
                evidence.times(),
                Leaves.issued(path.get(0)),
                Stream.of(ends, known.stream(), expiry.stream())
                        .flatMap(each -> each)
                        .min(Instant::compareTo),
                List.of(),
                path.get(0).key().fingerprint(verification.crypto()));
    }

    private Signatory signatory(Certificate leaf) {
        if (signer.identities().stream().noneMatch(identity -> leaf.subject().has(identity.byType()))) {
            throw Refusal.violated(
                    SignatureFault.IDENTITY,
                    "signed with the certificate of "
                            + Refusal.shown(leaf.subject().toString()) + ", expected " + signer);
        }
        return Signatory.subject(leaf.subject().toString());
    }
}
