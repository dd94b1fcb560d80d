package io.imagegate.rule;

import io.imagegate.signer.Signer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The signers of a condition: their names by their identities. */
final class SignerNames {

    private final List<Signer> signers;
    private final Map<String, String> names = new HashMap<>();

    private SignerNames(List<Signer> signers) {
        this.signers = signers;
        signers.forEach(signer -> names.put(signer.identity(), signer.name()));
    }

    static SignerNames of(List<Signer> signers) {
        return new SignerNames(signers);
    }

    /** {@return a copy of signers, which are at least one, and different ones} */
    static List<Signer> require(List<Signer> signers) {
        if (signers.isEmpty()) {
            throw new IllegalArgumentException("expected at least one signer, got none");
        }
        Set<String> identities = new HashSet<>();
        for (Signer signer : signers) {
            if (!identities.add(signer.identity())) {
                throw new IllegalArgumentException("signer \"" + signer.name()
                        + "\" has the same keys or identity as another one, expected each signer once");
            }
        }
        return List.copyOf(signers);
    }

    /** {@return a copy of signers whose attestations may count} */
    static List<Signer> requireAttesting(List<Signer> signers) {
        signers.forEach(Signer::requireAttesting);
        return require(signers);
    }

    boolean has(String identity) {
        return names.containsKey(identity);
    }

    String name(String identity) {
        return names.getOrDefault(identity, "");
    }

    String names(Collection<String> identities) {
        return identities.size() == 1
                ? name(identities.iterator().next())
                : identities.stream().map(this::name).collect(Collectors.joining(", "));
    }

    /** {@return all names, as alternatives} */
    String wanted() {
        return signers.stream().map(Signer::name).collect(Collectors.joining(" or "));
    }

    @Override
    public String toString() {
        return signers.stream().map(Signer::name).collect(Collectors.joining(", "));
    }
}
