package io.imagegate.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.Provider;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
                .allMatch(line -> line.equals("Undecidable[message=no provider of this Java has EC keys]"));
    }

    @Test
    @DisplayName("what a given provider has is taken from it, everything else from the installed ones")
    void given() {
        Watched provider = new Watched();
        CosignSignature signature = Cosign2Test.layer("key-manifest.json", 0, "key-payload.json");
        Verdict verdict =
                Verifier.of(provider).verify(signature, Cosign2Test.IMAGE, Cosign2Test.key(1), Cosign2Test.NOW);
        assertThat(verdict).isInstanceOf(Verdict.Verified.class);
        assertThat(provider.used).containsExactly("Signature SHA256withECDSA");
    }

    /** A provider with one signature algorithm, which another provider makes. */
    private static final class Watched extends Provider {

        private static final long serialVersionUID = 1L;

        private final transient Set<String> used = ConcurrentHashMap.newKeySet();

        Watched() {
            super("Watched", "1", "for tests");
            putService(new Service(this, "Signature", "SHA256withECDSA", "none", List.of(), Map.of()) {
                @Override
                public Object newInstance(Object parameter) {
                    used.add(getType() + " " + getAlgorithm());
                    return new Delegate();
                }
            });
        }
    }

    /** The algorithm of an installed provider. */
    private static final class Delegate extends java.security.SignatureSpi {

        private final java.security.Signature installed;

        Delegate() {
            try {
                installed = java.security.Signature.getInstance("SHA256withECDSA");
            } catch (java.security.NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        protected void engineInitVerify(java.security.PublicKey key) throws java.security.InvalidKeyException {
            installed.initVerify(key);
        }

        @Override
        protected void engineUpdate(byte[] bytes, int offset, int length) throws java.security.SignatureException {
            installed.update(bytes, offset, length);
        }

        @Override
        protected void engineUpdate(byte one) throws java.security.SignatureException {
            installed.update(one);
        }

        @Override
        protected boolean engineVerify(byte[] signature) throws java.security.SignatureException {
            return installed.verify(signature);
        }

        @Override
        protected void engineInitSign(java.security.PrivateKey key) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected byte[] engineSign() {
            throw new UnsupportedOperationException();
        }

        @Override
        @Deprecated
        protected void engineSetParameter(String name, Object value) {
            throw new UnsupportedOperationException();
        }

        @Override
        @Deprecated
        protected Object engineGetParameter(String name) {
            throw new UnsupportedOperationException();
        }
    }
}
