package io.imagegate.rule;

import io.imagegate.reference.Digest;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A digest must be written, by one of the algorithms if any is named. */
record DigestRequired(Set<String> algorithms) implements Rule {

    @Override
    public Finding judge(Candidate image) {
        Optional<Digest> digest = image.reference().digest();
        if (digest.isEmpty()) {
            return Finding.violation(Message.DIGEST_MISSING);
        }
        String algorithm = digest.get().algorithm();
        return algorithms.isEmpty() || algorithms.contains(algorithm)
                ? Finding.satisfied()
                : Finding.violation(Message.DIGEST_ALGORITHM, algorithm, String.join(", ", new TreeSet<>(algorithms)));
    }
}
