package io.imagegate.signer;

import java.util.Optional;

/**
 * Who may sign images, with a name for people. Immutable and thread-safe.
 *
 * @since 0.1
 */
public sealed interface NamedSigner permits SignerKeys, SignerIdentity, SignerCertificate, SignerNotation {

    /** {@return the name, for messages; two signers may have one name or one content} */
    String name();

    /** {@return the SHA-256 of everything that decides whose signatures count, in hexadecimal; the name does not} */
    String identity();

    /** {@return the logs and authorities that must confirm signatures; empty if none must} */
    Optional<SignerTrust> trust();

    /** {@return whether the certificate of each signature proves when it was made} */
    default boolean provesAge() {
        return false;
    }
}
