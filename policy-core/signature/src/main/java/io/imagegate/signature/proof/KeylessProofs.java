package io.imagegate.signature.proof;

import io.imagegate.signature.encoding.Bytes;
import io.imagegate.signature.log.SctList;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signature.x509.Certificate;
import io.imagegate.signature.x509.CertificatePath;
import io.imagegate.signer.SignatureFault;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Proves that one signature was made with a certificate of a trusted root while the certificate was valid, whoever it names.
 * A proof takes milliseconds and depends on nothing of a signer but the trust, so signers with the same trust share it, or
 * the refusal.
 */
final class KeylessProofs {

    private final Map<String, Supplier<Evidence>> found = new HashMap<>();

    /** {@return the evidence, which was enough} Refuses a signature that is not proven. */
    Evidence require(RequiredTrust trust, Verification verification, Certificate leaf) {
        return found.computeIfAbsent(trust.identity(), unknown -> prove(trust, verification, leaf))
                .get();
    }

    private static Supplier<Evidence> prove(RequiredTrust trust, Verification verification, Certificate leaf) {
        try {
            Evidence evidence = evidence(trust, verification, leaf);
            return () -> evidence;
        } catch (Refusal e) {
            return () -> {
                throw e;
            };
        }
    }

    private static Evidence evidence(RequiredTrust trust, Verification verification, Certificate leaf) {
        Leaves.requireSigned(verification, leaf);
        Evidence evidence = Evidence.require(trust, verification, verification.by(leaf));
        if (evidence.times().isEmpty()) {
            throw Refusal.violated(
                    SignatureFault.TIME,
                    "no time is proven at which the certificate was used: no promise of a log and no"
                            + " timestamp of an authority that the trusted root knows");
        }
        Leaves.requireValid(leaf, evidence.times());
        requireScts(trust, verification, leaf, authority(trust, verification, leaf, evidence.times()));
        return evidence;
    }

    private static Certificate authority(
            RequiredTrust trust, Verification verification, Certificate leaf, List<Instant> times) {
        CertificatePath paths = CertificatePath.forCode(verification.crypto());
        return trust.root().certificateAuthorities().stream()
                .filter(authority -> times.stream().allMatch(authority.validity()::holds))
                .flatMap(
                        authority -> Leaves.issuer(paths, leaf, authority.others(), authority.anchor(), times).stream())
                .findFirst()
                .orElseThrow(() -> Refusal.violated(
                        SignatureFault.CERTIFICATE,
                        "no authority of the trusted root issued the certificate, or none that held at " + times));
    }

    private static void requireScts(
            RequiredTrust trust, Verification verification, Certificate leaf, Certificate authority) {
        Set<Bytes> logs =
                SctList.read(leaf).verified(verification.crypto(), trust.root().certificateLogs(), leaf, authority);
        if (logs.size() < trust.scts()) {
            throw Refusal.violated(
                    SignatureFault.SCT,
                    Evidence.tooFew("SCT", logs.size(), "certificate log", "certificate logs", trust.scts()));
        }
    }
}
