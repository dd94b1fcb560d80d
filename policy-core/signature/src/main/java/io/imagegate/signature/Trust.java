package io.imagegate.signature;

import java.util.Objects;

/**
 * A trusted root, and how much evidence a signature needs. What a bundle or a root lacks changes nothing about that.
 *
 * @param root logs and authorities
 * @param logs how many distinct transparency logs must have an entry
 * @param timestamps how many distinct authorities must have stamped the time
 * @param scts how many distinct certificate logs must have stamped the certificate; concerns keyless signers alone
 * @since 0.1
 */
public record Trust(TrustedRoot root, int logs, int timestamps, int scts) {

    /**
     * Checks the numbers.
     *
     * @param root logs and authorities
     * @param logs how many transparency logs
     * @param timestamps how many timestamp authorities
     * @param scts how many certificate logs
     * @throws IllegalArgumentException if a number is negative
     */
    public Trust {
        Objects.requireNonNull(root, "root");
        if (logs < 0 || timestamps < 0 || scts < 0) {
            throw new IllegalArgumentException(
                    "require: expected numbers from 0 on, got " + logs + ", " + timestamps + ", " + scts);
        }
    }

    /**
     * {@return trust that needs one log entry and one timestamp of a certificate log}
     *
     * @param root logs and authorities
     */
    public static Trust of(TrustedRoot root) {
        return new Trust(root, 1, 0, 1);
    }
}
