package io.imagegate.document;

/**
 * Checks trusted roots of sigstore when policies are loaded. Programs that verify signatures have one; this library does not
 * read such files itself.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface TrustCheck {

    /**
     * Checks a trusted root.
     *
     * @param trustedRoot the text of a {@code trusted_root.json}, at most 4 MiB
     * @throws IllegalArgumentException if signatures could never be verified with it; the author of the policy sees the
     *     message after the name of the file
     */
    void check(String trustedRoot);
}
