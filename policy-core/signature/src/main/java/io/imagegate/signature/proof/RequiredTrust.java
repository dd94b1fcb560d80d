package io.imagegate.signature.proof;

import io.imagegate.signature.trust.TrustedRoot;
import io.imagegate.signer.Trust;

/**
 * A trusted root that was read, and how much evidence a signature needs. What a bundle or a root lacks changes nothing about that.
 *
 * @param identity of the root and the numbers
 * @param root logs and authorities
 * @param logs how many distinct transparency logs must have an entry
 * @param timestamps how many distinct authorities must have stamped the time
 * @param scts how many distinct certificate logs must have stamped the certificate; concerns keyless signers alone
 */
public record RequiredTrust(String identity, TrustedRoot root, int logs, int timestamps, int scts) {

    public static RequiredTrust of(Trust trust) {
        return new RequiredTrust(
                trust.identity(), TrustedRoot.read(trust.content()), trust.log(), trust.timestamp(), trust.sct());
    }
}
