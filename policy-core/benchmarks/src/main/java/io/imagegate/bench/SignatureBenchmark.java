package io.imagegate.bench;

import dev.sigstore.KeylessVerificationException;
import dev.sigstore.bundle.BundleParseException;
import io.imagegate.reference.Digest;
import io.imagegate.signature.Artifact;
import io.imagegate.signature.StoredSignature;
import io.imagegate.signature.Verdict;
import io.imagegate.signature.Verifier;
import io.imagegate.signer.Signer;
import io.imagegate.signer.SigningKey;
import io.imagegate.signer.Trust;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The verification of one bundle, from its bytes to a verdict; keys and trusted roots are read before, and certificates of
 * signers never.
 */
@Fork(1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SignatureBenchmark {

    static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");

    private static final Verifier VERIFIER = Verifier.create();

    static final Digest IMAGE = Digest.parse("sha256:fbd83ba08e4c94433644808c5d126390262514e0bdea021058ebf64b42fdcee5");

    static final ConformanceCase KEYLESS = ConformanceCase.named("happy-path-v0.3");

    /** Whose cryptography verifies: that of the JDK, or Amazon Corretto Crypto Provider before it. */
    @State(Scope.Benchmark)
    public static class Cryptography {

        @Param({"jdk", "corretto"})
        String provider = "";

        @Setup
        public void install() {
            Providers.install(provider);
        }
    }

    /** A bundle of cosign with a public key, and no log. */
    @State(Scope.Thread)
    public static class WithKey {

        final byte[] bundle = resource("key.sigstore.json");
        final Signer signer = Signer.keys(
                "release", List.of(SigningKey.read(new String(resource("key1.pub"), StandardCharsets.UTF_8))));
        final Artifact image = Artifact.of(IMAGE);

        private static byte[] resource(String name) {
            try (InputStream in = SignatureBenchmark.class.getResourceAsStream("/recorded/cosign2/" + name)) {
                return Objects.requireNonNull(in, name).readAllBytes();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** A bundle of the public instance: certificate with SCT, log entry with promise, proof and checkpoint. */
    @State(Scope.Thread)
    public static class Keyless {

        final byte[] bundle = KEYLESS.bundle();
        private final byte[] digest = KEYLESS.artifactDigest();
        final Artifact artifact = Artifact.of(KEYLESS.artifact());
        final Signer signer = Signer.keyless(
                "ci",
                Trust.of("public", new String(ConformanceCase.read(KEYLESS.trustedRoot()), StandardCharsets.UTF_8)),
                ConformanceCase.ISSUER,
                ConformanceCase.IDENTITY);
        private final PlatformCertificates platform = new PlatformCertificates(KEYLESS.leaf());

        /** Nearly every keyless signature has a certificate of its own, which was made for it. */
        @Setup(Level.Invocation)
        public void certificateIsNew() {
            platform.forget();
        }

        /** Refuses a changed artifact, so that what is measured is a verification. */
        @Setup
        public void refusesOthers() {
            Verdict other = VERIFIER.verify(StoredSignature.bundle(bundle), Artifact.of(new byte[1]), signer, NOW);
            if (other instanceof Verdict.Verified) {
                throw new IllegalStateException("verified for another artifact");
            }
        }
    }

    /** The verifications and hashes that the bundle with a public key takes, and nothing else. */
    @State(Scope.Thread)
    public static class BareKey {

        private final WithKey state = new WithKey();
        private final RecordedVerifications verifications = RecordedVerifications.of(
                () -> verified(VERIFIER.verify(StoredSignature.bundle(state.bundle), state.image, state.signer, NOW)));
    }

    /** Those that the keyless bundle takes. */
    @State(Scope.Thread)
    public static class BareKeyless {

        private final Keyless state = new Keyless();
        private final RecordedVerifications verifications = RecordedVerifications.of(() -> {
            state.certificateIsNew();
            verified(VERIFIER.verify(StoredSignature.bundle(state.bundle), state.artifact, state.signer, NOW));
        });

        /** Prints what is measured. */
        @Setup
        public void print() {
            System.out.println(verifications);
        }
    }

    /** The other Java library. */
    @State(Scope.Thread)
    public static class Sigstore {

        private final SigstoreJava library = SigstoreJava.of(KEYLESS.trustedRoot());
    }

    static Verdict verified(Verdict verdict) {
        if (verdict instanceof Verdict.Verified) {
            return verdict;
        }
        throw new IllegalStateException(verdict.toString());
    }

    @Benchmark
    public Verdict key(Cryptography cryptography, WithKey state) {
        return verified(VERIFIER.verify(StoredSignature.bundle(state.bundle), state.image, state.signer, NOW));
    }

    @Benchmark
    public Verdict keyless(Cryptography cryptography, Keyless state) {
        return verified(VERIFIER.verify(StoredSignature.bundle(state.bundle), state.artifact, state.signer, NOW));
    }

    @Benchmark
    public int bareKey(Cryptography cryptography, BareKey state) {
        return all(state.verifications);
    }

    @Benchmark
    public int bareKeyless(Cryptography cryptography, BareKeyless state) {
        return all(state.verifications);
    }

    private static int all(RecordedVerifications verifications) {
        int good = verifications.repeat();
        if (good != verifications.signatures()) {
            throw new IllegalStateException(good + " of " + verifications.signatures() + " verify");
        }
        return good;
    }

    @Benchmark
    public void sigstoreJavaKeyless(Sigstore sigstore, Keyless state)
            throws BundleParseException, KeylessVerificationException {
        sigstore.library.verify(new String(state.bundle, StandardCharsets.UTF_8), state.digest);
    }
}
