package io.imagegate.bench;

import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.registry.ImageRegistries;
import io.imagegate.registry.Registries;
import io.imagegate.registry.RegistryEntry;
import io.imagegate.registry.RegistryLimits;
import io.imagegate.rule.SignatureRule;
import io.imagegate.signature.fact.SignedImages;
import io.imagegate.signer.Signer;
import io.imagegate.signer.SigningKey;
import java.util.List;

/**
 * A gate that allows images of one registry that a key signed.
 *
 * @param registries look images up
 * @param images verify their signatures
 * @param gate decides
 */
record SignedGate(Registries registries, SignedImages images, ImageGate gate) implements AutoCloseable {

    /** How many look-ups the registry answers at once. */
    static final int FLIGHTS = 64;

    static SignedGate open(String host, String publicKey) {
        Registries registries = Registries.of(ImageRegistries.builder()
                .add(RegistryEntry.builder(host).plainHttp().build())
                .limits(RegistryLimits.builder()
                        .flights(FLIGHTS)
                        .flightsPerRegistry(FLIGHTS)
                        .build())
                .build());
        Signer release = Signer.keys("release", List.of(SigningKey.read(publicKey)));
        PolicySet policies = PolicySet.of(Policy.builder("signed")
                .rule("signed", SignatureRule.by(release))
                .build());
        SignedImages images = SignedImages.of(registries);
        return new SignedGate(registries, images, ImageGate.of(() -> policies, images));
    }

    @Override
    public void close() {
        images.close();
        registries.close();
    }
}
