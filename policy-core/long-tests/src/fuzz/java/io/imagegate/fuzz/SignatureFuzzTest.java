package io.imagegate.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.imagegate.Repository;
import io.imagegate.reference.Digest;
import io.imagegate.signature.Artifact;
import io.imagegate.signature.Claims;
import io.imagegate.signature.StoredSignature;
import io.imagegate.signature.Verdict;
import io.imagegate.signature.Verifier;
import io.imagegate.signer.KeylessSigner;
import io.imagegate.signer.NotationSigner;
import io.imagegate.signer.PathGlob;
import io.imagegate.signer.PemFile;
import io.imagegate.signer.Signer;
import io.imagegate.signer.SigningKey;
import io.imagegate.signer.SubjectParts;
import io.imagegate.signer.Trust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a registry stores as a signature or an attestation, in any form, gets a verdict for each kind of signer. Before the first zero
 * byte are annotations, a line each.
 */
@WhereJazzerRuns
class SignatureFuzzTest {

    private static final String RECORDED = "policy-core/signature/src/test/resources/recorded/";
    private static final int LONGEST_SEED = 12_000;
    private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");
    private static final Artifact IMAGE =
            Artifact.of(Digest.parse("sha256:fbd83ba08e4c94433644808c5d126390262514e0bdea021058ebf64b42fdcee5"));
    private static final List<String> TYPES = List.of(
            "application/vnd.dev.sigstore.bundle.v0.3+json",
            "application/vnd.dev.cosign.simplesigning.v1+json",
            "application/vnd.dsse.envelope.v1+json",
            "application/jose+json",
            "application/cose");

    private static final Verifier VERIFIER = Verifier.create();
    private static final List<Signer> SIGNERS = signers();

    private static List<Signer> signers() {
        Trust trust = Trust.of("public", text("trust/trusted-root.json"));
        return List.of(
                Signer.keys("key", List.of(SigningKey.read(text("keys/1.pub")))),
                Signer.keys("logged", List.of(SigningKey.read(text("keys/p384.pub"))))
                        .withTrust(trust),
                new KeylessSigner("keyless", trust, "http://127.0.0.1:5070", PathGlob.parse("**"), Map.of()),
                new NotationSigner(
                        "notation",
                        PemFile.certificates(text("trust/notation-ca.pem")),
                        List.of(SubjectParts.parse("C=DE,ST=BE,O=acme")),
                        PemFile.certificates(text("trust/notation-tsa-root.pem")),
                        List.of(),
                        NotationSigner.Revocation.GIVEN));
    }

    private static String text(String recorded) {
        return new String(FuzzedFile.ofRepository(RECORDED + recorded), UTF_8);
    }

    static Stream<byte[]> seeds() {
        try (Stream<Path> blobs = Files.list(Repository.path(RECORDED + "zot/blobs/sha256"))) {
            String annotations = "dev.cosignproject.cosign/signature=AAAA\ndev.sigstore.cosign/bundle={}\n";
            return Stream.concat(
                    Stream.of((annotations + "\0" + text("cosign2/key-payload.json")).getBytes(UTF_8)),
                    blobs
                            .sorted()
                            .map(SignatureFuzzTest::content)
                            .filter(blob -> blob.length < LONGEST_SEED && isSignature(blob))
                            .toList()
                            .stream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] content(Path blob) {
        try {
            return Files.readAllBytes(blob);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Manifests of images and of signatures are read by another target. */
    private static boolean isSignature(byte[] blob) {
        String text = new String(blob, ISO_8859_1);
        return blob.length > 0
                && (blob[0] == (byte) 0xd2 || text.contains("\"payload\"") || text.contains("verificationMaterial"));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void eachSignerGetsAVerdict(byte[] data) {
        int end = 0;
        while (end < data.length && data[end] != 0) {
            end++;
        }
        boolean annotated = end < data.length;
        Map<String, String> annotations = annotated ? annotations(new String(data, 0, end, UTF_8)) : Map.of();
        byte[] content = annotated ? Arrays.copyOfRange(data, end + 1, data.length) : data;
        for (String type : TYPES) {
            StoredSignature stored = StoredSignature.layer(type, annotations, content);
            for (Signer signer : SIGNERS) {
                assertVerdict(VERIFIER.verify(stored, IMAGE, signer, NOW));
            }
            Claims claims = VERIFIER.claims(stored, IMAGE);
            assertThat(claims.toString()).doesNotContain("internal error");
        }
    }

    private static Map<String, String> annotations(String lines) {
        Map<String, String> annotations = new HashMap<>();
        lines.lines().forEach(line -> {
            int equals = line.indexOf('=');
            annotations.put(
                    equals < 0 ? line : line.substring(0, equals), equals < 0 ? "" : line.substring(equals + 1));
        });
        return annotations;
    }

    private static void assertVerdict(Verdict verdict) {
        Optional<String> message = Optional.empty();
        if (verdict instanceof Verdict.Violated violated) {
            message = Optional.of(violated.message());
        } else if (verdict instanceof Verdict.Undecidable undecidable) {
            message = Optional.of(undecidable.message());
        }
        message.ifPresent(
                text -> assertThat(text).matches("[ -~]+").hasSizeLessThan(4000).doesNotStartWith("internal error"));
    }
}
