package io.imagegate.rule;

import io.imagegate.signer.SignedBy;
import io.imagegate.signer.SigningParty;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Pairs signers with those who signed, so that as many signers as possible have one and nobody counts for two: a key that is
 * in two signers signs for one of them.
 */
final class SignerMatching {

    private final Map<String, Set<SigningParty>> candidates = new LinkedHashMap<>();
    private final Map<SigningParty, String> taken = new HashMap<>();

    private SignerMatching() {}

    /** {@return the identities of the signers of a largest matching} */
    static Set<String> of(List<SignedBy> signatures) {
        SignerMatching matching = new SignerMatching();
        signatures.forEach(signature -> matching.candidates
                .computeIfAbsent(signature.signer(), signer -> new LinkedHashSet<>())
                .add(signature.party()));
        Set<String> paired = new LinkedHashSet<>();
        for (String signer : matching.candidates.keySet()) {
            if (matching.pair(signer, new HashSet<>())) {
                paired.add(signer);
            }
        }
        return paired;
    }

    /** Finds somebody for a signer, if need be by giving others somebody else. Recursion is as deep as there are signers. */
    private boolean pair(String signer, Set<SigningParty> asked) {
        for (SigningParty party : candidates.getOrDefault(signer, Set.of())) {
            if (asked.add(party)) {
                String holder = taken.get(party);
                if (holder == null || pair(holder, asked)) {
                    taken.put(party, signer);
                    return true;
                }
            }
        }
        return false;
    }
}
