package io.imagegate.rule;

import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ImageReview;
import io.imagegate.signer.KeySigner;
import io.imagegate.signer.KeylessSigner;
import io.imagegate.signer.PathGlob;
import io.imagegate.signer.Signer;
import io.imagegate.signer.SigningKey;
import io.imagegate.signer.Trust;
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
    static Signer key(String name, int number) {
        try {
            BigInteger modulus = BigInteger.ONE.shiftLeft(2_047).add(BigInteger.valueOf(2L * number + 1));
            RSAPublicKeySpec spec = new RSAPublicKeySpec(modulus, BigInteger.valueOf(65_537));
            SigningKey key = SigningKey.of(KeyFactory.getInstance("RSA").generatePublic(spec));
            return new KeySigner(name, List.of(key), Optional.empty());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static Signer keyless(String name, String identity) {
        return new KeylessSigner(name, Trust.of("public", "{}"), "https://issuer", PathGlob.parse(identity), Map.of());
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
