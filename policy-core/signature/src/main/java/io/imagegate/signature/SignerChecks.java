package io.imagegate.signature;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.imagegate.signature.form.SignatureForm;
import io.imagegate.signature.known.KnownForms;
import io.imagegate.signature.proof.SignerCheck;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signer.Signer;
import java.util.LinkedHashMap;
import java.util.Map;

/** How signatures are verified for signers, by form. Kept by content, since reading a trusted root takes time. Thread-safe. */
final class SignerChecks {

    /** Most bytes, by estimate; lists of revoked certificates and trusted roots can be large. */
    private static final int MOST = 64 << 20;

    private static final int SMALL = 64 << 10;

    private final KnownForms forms;
    private final Cache<String, Made> made = Caffeine.newBuilder()
            .maximumWeight(MOST)
            .weigher((String identity, Made checks) -> checks.weight)
            .build();

    private record Made(Map<SignatureForm, SignerCheck> byForm, int weight) {}

    SignerChecks(KnownForms forms) {
        this.forms = forms;
    }

    /** {@return how signatures of each form are verified that the signer's may have} Throws a refusal if the signer cannot be used. */
    Map<SignatureForm, SignerCheck> of(Signer signer) {
        return made.get(signer.identity(), identity -> new Made(make(signer), SMALL + signer.weight())).byForm;
    }

    private Map<SignatureForm, SignerCheck> make(Signer signer) {
        Map<SignatureForm, SignerCheck> checks = new LinkedHashMap<>();
        try {
            forms.forms().forEach(form -> form.signers().check(signer).ifPresent(check -> checks.put(form, check)));
        } catch (Refusal | IllegalArgumentException e) {
            throw Refusal.undecidable("signer " + signer.name() + ": " + e.getMessage());
        }
        if (checks.isEmpty()) {
            throw Refusal.undecidable("signer " + signer.name() + ": signatures with " + signer
                    + " have no form that can be verified here, expected another kind of signer");
        }
        return checks;
    }
}
