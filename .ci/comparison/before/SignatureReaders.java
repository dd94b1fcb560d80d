package comparison;

import io.imagegate.reference.Digest;
import io.imagegate.registry.metadata.ImageConfig;
import io.imagegate.registry.metadata.OciManifestReader;
import io.imagegate.signature.Artifact;
import io.imagegate.signature.CosignSignature;
import io.imagegate.signature.Signer;
import io.imagegate.signature.SigningKey;
import io.imagegate.signature.Trust;
import io.imagegate.signature.TrustedRoot;
import io.imagegate.signature.Verdict;
import io.imagegate.signature.Verifier;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads what registries answer and what was signed. */
final class SignatureReaders {

    private static final Instant NOW = Instant.parse("2026-11-27T00:00:00Z");
    static final Digest DIGEST =
            Digest.parse("sha256:fbd83ba08e4c94433644808c5d126390262514e0bdea021058ebf64b42fdcee5");
    private final Path root;

    SignatureReaders(Path root) {
        this.root = root;
    }

    Map<String, Adapter.Reader> readers() {
        Map<String, Adapter.Reader> readers = new TreeMap<>();
        readers.put("registry-answers", bytes -> OciManifestReader.read(
                        DIGEST, type(bytes), bytes).toString());
        readers.put("image-configurations", bytes -> ImageConfig.read(bytes).toString());
        readers.put("bundles", bytes -> verdicts(CosignSignature.bundle(bytes)));
        readers.put("layers", this::layer);
        readers.put("trusted-roots", bytes -> {
            TrustedRoot trusted = TrustedRoot.read(bytes);
            return verdicts(
                    CosignSignature.bundle(recorded("cosign2/keyless-1.sigstore.json")),
                    List.of(Signer.keyless(Trust.of(trusted), "https://accounts.example", "a@example.com", Map.of())));
        });
        readers.put("certificates", bytes -> {
            Signer.certificate(List.of(bytes)).identity("*").build();
            return "certificate " + notation(List.of(bytes), List.of());
        });
        return readers;
    }

    private static String type(byte[] document) {
        String text = new String(document, StandardCharsets.UTF_8);
        return text.contains("\"manifests\"")
                ? "application/vnd.oci.image.index.v1+json"
                : "application/vnd.oci.image.manifest.v1+json";
    }

    private String layer(byte[] document) throws IOException {
        String text = new String(document, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\n\n");
        if (end < 0) {
            throw new Adapter.Refused("no empty line");
        }
        String[] head = text.substring(0, end).split("\n");
        Map<String, String> annotations = new TreeMap<>();
        for (String line : Arrays.asList(head).subList(1, head.length)) {
            String[] pair = line.split(" ", 2);
            try {
                annotations.put(pair[0], new String(Base64.getDecoder().decode(pair[pair.length - 1]), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                annotations.put(pair[0], pair[pair.length - 1]);
            }
        }
        byte[] content = Arrays.copyOfRange(document, end + 2, document.length);
        return verdicts(CosignSignature.layer(head[0], annotations, content));
    }

    private String verdicts(CosignSignature signature) throws IOException {
        List<Signer> signers = new ArrayList<>();
        List<SigningKey> keys = new ArrayList<>();
        for (String key : List.of("1", "2", "ed25519", "p384", "rsa")) {
            keys.add(SigningKey.read(recorded("keys/" + key + ".pub")));
        }
        keys.add(SigningKey.read(recorded("cosign2/key1.pub")));
        signers.add(Signer.keys(keys));
        for (String trusted : List.of("trust/trusted-root.json", "cosign2/trusted-root.json")) {
            signers.add(Signer.keyless(
                    new Trust(TrustedRoot.read(recorded(trusted)), 1, 0, 0), "https://issuer.example", "*@*", Map.of()));
        }
        signers.add(Signer.certificate(List.of(recorded("trust/certificate-ca.pem"))).identity("**").build());
        signers.add(Signer.notation(List.of(recorded("trust/notation-ca.pem")))
                .identity("C=DE, ST=BE, O=acme")
                .timestamps(List.of(recorded("trust/notation-tsa-root.pem")))
                .build());
        return verdicts(signature, signers);
    }

    private static String verdicts(CosignSignature signature, List<Signer> signers) {
        StringBuilder shown = new StringBuilder();
        boolean verified = false;
        boolean read = false;
        for (Signer signer : signers) {
            Verdict verdict = Verifier.create().verify(signature, Artifact.of(DIGEST), signer, NOW);
            verified |= verdict instanceof Verdict.Verified;
            read |= !(verdict instanceof Verdict.Violated violated && violated.code() == Verdict.Code.FORMAT);
            shown.append(shown(verdict)).append("; ");
        }
        if (!read && !verified) {
            throw new Adapter.Refused(shown.toString());
        }
        return shown.toString();
    }

    private static String shown(Verdict verdict) {
        if (verdict instanceof Verdict.Verified verified) {
            try (InputStream predicate = verified.content().openPredicate()) {
                return "verified " + verified.signatory() + " " + verified.times() + verified.issued() + verified.until()
                        + verified.entries() + verified.content().predicateType()
                        + new TreeMap<>(verified.content().annotations()) + Arrays.hashCode(predicate.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return verdict instanceof Verdict.Violated violated
                ? "violated " + violated.code() + " " + violated.message() + " " + violated.unread()
                : verdict.toString();
    }

    static String notation(List<byte[]> roots, List<byte[]> crls) {
        return Signer.notation(roots).identity("C=DE, ST=BE, O=acme").crls(crls).build().getClass().getSimpleName();
    }

    private byte[] recorded(String name) throws IOException {
        return Files.readAllBytes(root.resolve("policy-core/signature/src/test/resources/recorded").resolve(name));
    }
}
