package io.imagegate.signature.cosign;

import io.imagegate.signature.format.Material;
import io.imagegate.signature.proof.Evidence;
import io.imagegate.signature.proof.Leaves;
import io.imagegate.signature.proof.Proof;
import io.imagegate.signature.proof.RequiredTrust;
import io.imagegate.signature.proof.SignerCheck;
import io.imagegate.signature.proof.Verification;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signature.x509.Certificate;
import io.imagegate.signature.x509.FulcioExtensions;
import io.imagegate.signer.CertificateField;
import io.imagegate.signer.KeylessSigner;
import io.imagegate.signer.PathGlob;
import io.imagegate.signer.Signatory;
import io.imagegate.signer.SignatureFault;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts signatures with certificates that an authority of a trusted root issued to an identity. */
final class KeylessCheck implements SignerCheck {

    private final KeylessSigner signer;
    private final RequiredTrust trust;
    private final SortedMap<String, CertificateField> fields = new TreeMap<>();

    KeylessCheck(KeylessSigner signer) {
        this.signer = signer;
        trust = RequiredTrust.of(signer.root());
        signer.certificate().keySet().forEach(field -> fields.put(field.key(), field));
    }

    @Override
    public Proof verify(Verification verification) {
        Material material = verification.signature().material();
        Certificate leaf = material.leaf()
                .orElseThrow(() -> Refusal.violated(
                        SignatureFault.MATERIAL, "signed with a key, expected a signature by " + signer));
        if (!material.keyless().isEmpty()) {
            throw Refusal.format("not a keyless signature: it has " + material.keyless());
        }
        Evidence evidence = verification.keyless(trust, leaf);
        Signatory signatory = signatory(leaf);
        return new Proof(
                signatory,
                evidence.times(),
                Leaves.issued(leaf),
                Optional.empty(),
                evidence.entries(),
                leaf.key().fingerprint(verification.crypto()));
    }

    private Signatory signatory(Certificate leaf) {
        Signatory found = Signatory.identity(FulcioExtensions.identity(leaf), FulcioExtensions.issuer(leaf));
        if (!found.issuer().equals(signer.issuer()) || !signer.subject().matches(found.name())) {
            throw Refusal.violated(SignatureFault.IDENTITY, "signed by " + found + ", expected " + signer);
        }
        fields.forEach((name, field) -> {
            PathGlob pattern = Objects.requireNonNull(signer.certificate().get(field));
            Optional<String> value = leaf.extensions().text(field.oid());
            if (value.filter(pattern::matches).isEmpty()) {
                throw Refusal.violated(
                        SignatureFault.IDENTITY,
                        "signed by " + found + " with " + name + " "
                                + value.map(Refusal::shown).orElse("missing") + ", expected "
                                + Refusal.shown(pattern.toString()));
            }
        });
        return found;
    }
}
