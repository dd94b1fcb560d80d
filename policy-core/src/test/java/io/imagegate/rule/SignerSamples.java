package io.imagegate.rule;

import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ImageReview;
import io.imagegate.signer.NamedSigner;
import io.imagegate.signer.PathGlob;
import io.imagegate.signer.SignerIdentity;
import io.imagegate.signer.SignerKey;
import io.imagegate.signer.SignerKeys;
import io.imagegate.signer.SignerTrust;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Signers and images of these tests. */
final class SignerSamples {

    static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");
    static final Digest DIGEST = digest("a");

    private SignerSamples() {}

    static Digest digest(String digit) {
        return Digest.parse("sha256:" + digit.repeat(64));
    }

    /** A signer with a key of its own; nothing is ever signed with it. */
    static NamedSigner key(String name, int number) {
        try {
            BigInteger modulus = BigInteger.ONE.shiftLeft(2_047).add(BigInteger.valueOf(2L * number + 1));
            RSAPublicKeySpec spec = new RSAPublicKeySpec(modulus, BigInteger.valueOf(65_537));
            SignerKey key = SignerKey.of(KeyFactory.getInstance("RSA").generatePublic(spec));
            return new SignerKeys(name, List.of(key), Optional.empty());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static NamedSigner keyless(String name, String identity) {
        return new SignerIdentity(
                name, SignerTrust.of("public", "{}"), "https://issuer", PathGlob.parse(identity), Map.of());
    }

    static Candidate candidate(String image, ImageFacts facts) {
        ImageReview review = ImageReview.of(image);
        return Candidate.of(ImageReference.parse(image), review.images().get(0), review)
                .withFacts(facts);
    }

    static Set<Need<?>> needs(Rule rule, String image) {
        return ImageFacts.at(NOW).needsOf(facts -> rule.check(candidate(image, facts)));
    }
}
