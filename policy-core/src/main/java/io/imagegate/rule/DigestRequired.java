package io.imagegate.rule;

import io.imagegate.text.Copies;
import io.imagegate.text.SafeText;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Requires a digest, with one of the algorithms if any is named. */
record DigestRequired(Set<String> algorithms) implements Rule {

    private static final Set<String> KNOWN = Set.of("sha256", "sha384", "sha512");

    DigestRequired {
        algorithms = Copies.of(algorithms);
        for (String algorithm : algorithms) {
            if (!KNOWN.contains(algorithm)) {
                throw new IllegalArgumentException(
                        "digest algorithm " + SafeText.quote(algorithm, 40) + ": expected sha256, sha384 or sha512");
            }
        }
    }

    @Override
    public Finding check(Candidate image) {
        Optional<String> algorithm = image.digestAlgorithm();
        if (algorithm.isEmpty()) {
            return Finding.violation(Message.DIGEST_MISSING);
        }
        return algorithms.isEmpty() || algorithms.contains(algorithm.get())
                ? Finding.satisfied()
                : Finding.violation(
                        Message.DIGEST_ALGORITHM, algorithm.get(), String.join(", ", new TreeSet<>(algorithms)));
    }
}
