package io.imagegate.rule;

import io.imagegate.signer.Signatory;
import io.imagegate.signer.SignedBy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pairs signers with those who signed, so that as many signers as possible have somebody of their own and nobody counts for two: a
 * key that is in two signers signs for one of them, and so does a key and a certificate for it.
 */
final class SignerMatching {

    /** Who signed, and the key; one that is not known is like no other. */
    private record Signature(Signatory party, String key) {

        static Signature of(SignedBy signed) {
            Signatory party = signed.signatory();
            String name = party.kind() == Signatory.Kind.KEY ? party.name() : party.toString();
            return new Signature(party, signed.key().orElse(name));
        }

        List<Object> parts() {
            return List.of(party, key);
        }
    }

    private final Map<String, Set<Signature>> candidates = new LinkedHashMap<>();
    private final Map<String, Signature> paired = new LinkedHashMap<>();
    private final Map<Object, String> taken = new HashMap<>();

    private SignerMatching() {}

    /** {@return the identities of the signers of a largest matching} */
    static Set<String> of(List<SignedBy> signatures) {
        if (signatures.size() == 1) {
            return Set.of(signatures.get(0).signer());
        }
        SignerMatching matching = new SignerMatching();
        signatures.forEach(signature -> matching.candidates
                .computeIfAbsent(signature.signer(), signer -> new LinkedHashSet<>())
                .add(Signature.of(signature)));
        for (String signer : matching.candidates.keySet()) {
            matching.pair(signer, new HashSet<>(), new HashSet<>());
        }
        return matching.paired.keySet();
    }

    /**
     * Finds a signature for a signer, if need be by giving others another one. Recursion is as deep as there are signers.
     *
     * @param asked signatures that were tried
     * @param wanted parties and keys that a signer waits for
     */
    private boolean pair(String signer, Set<Signature> asked, Set<Object> wanted) {
        for (Signature signature : candidates.getOrDefault(signer, Set.of())) {
            boolean open = signature.parts().stream().noneMatch(wanted::contains);
            if (open && asked.add(signature)) {
                wanted.addAll(signature.parts());
                boolean free = signature.parts().stream().allMatch(part -> isFree(part, signer, asked, wanted));
                wanted.removeAll(signature.parts());
                if (free) {
                    take(signer, signature);
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isFree(Object part, String signer, Set<Signature> asked, Set<Object> wanted) {
        @Nullable String holder = taken.get(part);
        return holder == null || holder.equals(signer) || pair(holder, asked, wanted);
    }

    private void take(String signer, Signature signature) {
        @Nullable Signature before = paired.put(signer, signature);
        if (before != null) {
            before.parts().forEach(part -> taken.remove(part, signer));
        }
        signature.parts().forEach(part -> taken.put(part, signer));
    }
}
