package io.imagegate.signature;

import io.imagegate.signature.refusal.Fault;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signature.trust.TrustedAuthority;
import io.imagegate.signature.x509.Certificate;
import io.imagegate.signature.x509.CertificateChain;
import io.imagegate.signature.x509.Crl;
import io.imagegate.signature.x509.Revocations;
import io.imagegate.signer.SubjectParts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts signatures of Notation, as its level "strict" does, with certificates of an authority of their own. */
final class NotationSigner extends Signer {

    private final List<Certificate> roots;
    private final List<SubjectParts> identities;
    private final List<TrustedAuthority> authorities;
    private final Revocations revocations;

    NotationSigner(NotationSignerBuilder settings) {
        super(
                CertificateSigner.encoded(settings.roots),
                List.copyOf(settings.identities),
                CertificateSigner.encoded(settings.timestamps),
                settings.crls.stream().map(Crl::bytes).toList(),
                settings.revocationRequired);
        roots = List.copyOf(settings.roots);
        identities = List.copyOf(settings.identities);
        authorities = settings.timestamps.stream().map(TrustedAuthority::of).toList();
        revocations = new Revocations(settings.crls, settings.revocationRequired);
    }

    @Override
    String form() {
        return "Notation";
    }

    @Override
    SignatureProof verify(Verification verification) {
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
            throw Refusal.violated(Fault.TIME, "the signature expired at " + last);
        });
        Optional<Instant> known = revocations.require(verification.crypto(), path, evidence.times(), verification.at());
        Stream<Instant> ends =
                evidence.times().isEmpty() ? certificates.stream().map(Certificate::notAfter) : Stream.empty();
        return new SignatureProof(
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
        if (identities.stream().noneMatch(identity -> leaf.subject().has(identity.byType()))) {
            throw Refusal.violated(
                    Fault.IDENTITY,
                    "signed with the certificate of "
                            + Refusal.shown(leaf.subject().toString()) + ", expected " + this);
        }
        return new Signatory(Signatory.Kind.SUBJECT, leaf.subject().toString(), "");
    }

    @Override
    public String toString() {
        return "a certificate of "
                + identities.stream()
                        .map(identity -> Refusal.shown(identity.toString()))
                        .collect(Collectors.joining(" or "));
    }
}
