package io.imagegate.signature;

import io.imagegate.signature.format.Material;
import io.imagegate.signature.refusal.Fault;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signature.x509.Certificate;
import io.imagegate.signature.x509.FulcioExtensions;
import io.imagegate.signer.PathGlob;
import io.imagegate.text.Copies;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Counts signatures with certificates that an authority of a trusted root issued to an identity. */
final class KeylessSigner extends Signer {

    private final Trust trust;
    private final String issuer;
    private final PathGlob identity;
    private final Map<String, PathGlob> certificate = new TreeMap<>();

    KeylessSigner(Trust trust, String issuer, String identity, Map<String, String> certificate) {
        super(Objects.requireNonNull(trust, "trust"), issuer, identity, Copies.of(certificate));
        this.trust = trust;
        this.issuer = issuer;
        this.identity = PathGlob.parse(identity);
        if (issuer.isEmpty()) {
            throw new IllegalArgumentException("issuer: expected the address of who knows the identity, got none");
        }
        certificate.forEach((name, pattern) -> {
            if (!FulcioExtensions.FIELDS.containsKey(name)) {
                throw new IllegalArgumentException("certificate: expected one of "
                        + String.join(", ", FulcioExtensions.FIELDS.keySet()) + ", got " + Refusal.shown(name));
            }
            this.certificate.put(name, PathGlob.parse(pattern));
        });
    }

    @Override
    SignatureProof verify(Verification verification) {
        Material material = verification.signature().material();
        Certificate leaf = material.leaf()
                .orElseThrow(
                        () -> Refusal.violated(Fault.MATERIAL, "signed with a key, expected a signature by " + this));
        if (!material.keyless().isEmpty()) {
            throw Refusal.format("not a keyless signature: it has " + material.keyless());
        }
        Evidence evidence = verification.keyless().require(trust, verification, leaf);
        Signatory signatory = signatory(leaf);
        return new SignatureProof(
                signatory,
                evidence.times(),
                Leaves.issued(leaf),
                Optional.empty(),
                evidence.entries(),
                leaf.key().fingerprint(verification.crypto()));
    }

    private Signatory signatory(Certificate leaf) {
        Signatory found =
                new Signatory(Signatory.Kind.IDENTITY, FulcioExtensions.identity(leaf), FulcioExtensions.issuer(leaf));
        if (!found.issuer().equals(issuer) || !identity.matches(found.name())) {
            throw Refusal.violated(Fault.IDENTITY, "signed by " + found + ", expected " + this);
        }
        certificate.forEach((name, pattern) -> {
            Optional<String> value = FulcioExtensions.field(leaf, name);
            if (value.filter(pattern::matches).isEmpty()) {
                throw Refusal.violated(
                        Fault.IDENTITY,
                        "signed by " + found + " with " + name + " "
                                + value.map(Refusal::shown).orElse("missing") + ", expected "
                                + Refusal.shown(pattern.toString()));
            }
        });
        return found;
    }

    @Override
    public String toString() {
        return "identity " + Refusal.shown(identity.toString()) + " of issuer " + Refusal.shown(issuer);
    }
}
