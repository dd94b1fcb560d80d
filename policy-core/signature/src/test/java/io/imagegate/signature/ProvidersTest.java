package io.imagegate.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whose cryptography is used. */
class ProvidersTest {

    @Test
    @Tag("slow")
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
                        "Undecidable[message=no provider of this Java has EC keys, unread=Optional.empty]"));
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
