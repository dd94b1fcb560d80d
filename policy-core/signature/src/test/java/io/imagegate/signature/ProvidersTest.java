package io.imagegate.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.TestProvider;
import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.crypto.MessageSource;
import io.imagegate.signature.crypto.VerificationKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.spec.EdDSAParameterSpec;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whose cryptography is used. */
class ProvidersTest {

    @Test
    @DisplayName("these tests run with the provider of the image, unless they are told to run with the JDK's")
    void ofTheseTests() throws GeneralSecurityException {
        String curves = TestProvider.isWanted() ? TestProvider.NAME : "SunEC";
        assertThat(verifier(TestKey.p256())).isEqualTo(curves);
        assertThat(verifier(TestKey.ec("secp384r1", "SHA384withECDSA"))).isEqualTo(curves);
        assertThat(verifier(TestKey.ed25519(false))).isEqualTo(curves);
        // It has no parameters for Ed25519, so the next one does it.
        assertThat(verifier(TestKey.ed25519(true))).isEqualTo("SunEC");
        assertThat(verifier(TestKey.keptRsa(2048).with("SHA256withRSA")))
                .isEqualTo(TestProvider.isWanted() ? TestProvider.NAME : "SunRsaSign");
    }

    /** {@return who verifies a signature of the key that counts} */
    private static String verifier(TestKey key) throws GeneralSecurityException {
        byte[] message = {1};
        Signature signature = Signature.getInstance(key.algorithm());
        if (key.prehashed()) {
            signature.setParameter(new EdDSAParameterSpec(true));
        }
        signature.initVerify(key.pair().getPublic());
        signature.update(message);
        assertThat(signature.verify(key.sign(message))).isTrue();
        assertThat(VerificationKey.read("the key", key.info())
                        .verifies(new Crypto(null), MessageSource.of(message), key.sign(message)))
                .isTrue();
        return signature.getProvider().getName();
    }

    @Test
    @Tag("full")
    @DisplayName("three providers of the JDK are enough for all recorded verdicts")
    void reduced() throws IOException, InterruptedException {
        assertThat(ChildJava.run(ReducedProviders.class, List.of(), "SUN", "SunRsaSign", "SunEC"))
                .isEqualToIgnoringNewLines("3 providers, 138 verdicts, specimens Verified");
    }

    @Test
    @Tag("slow")
    @DisplayName("an algorithm that no provider has is undecidable, and named")
    void lacking() throws IOException, InterruptedException {
        String output = ChildJava.run(ReducedProviders.WithoutCurves.class, List.of());
        assertThat(output.lines())
                .hasSize(Specimen.all().size())
                .allMatch(line -> line.equals(
                        "Undecidable[message=no provider of this Java has EC keys, which the module jdk.crypto.ec brings before"
                                + " Java 22, unread=Optional.empty]"));
    }

    @Test
    @DisplayName("what a given provider has is taken from it, everything else from the installed ones")
    void given() {
        WatchedProvider provider = new WatchedProvider();
        StoredSignature signature = Cosign2Test.layer("key-manifest.json", 0, "key-payload.json");
        Verdict verdict =
                Verifier.of(provider).verify(signature, Cosign2Test.IMAGE, Cosign2Test.key(1), Cosign2Test.NOW);
        assertThat(verdict).isInstanceOf(Verdict.Verified.class);
        assertThat(provider.used).containsExactly("Signature SHA256withECDSA");
    }
}
