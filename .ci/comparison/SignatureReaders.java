package comparison;

import io.imagegate.reference.Digest;
import io.imagegate.registry.metadata.ImageConfig;
import io.imagegate.registry.metadata.OciManifestReader;
import io.imagegate.signature.Artifact;
import io.imagegate.signature.StoredSignature;
import io.imagegate.signer.SignatureFault;
import io.imagegate.signer.Signer;
import io.imagegate.signer.SigningKey;
import io.imagegate.signer.CertificateSigner;
import io.imagegate.signer.PathGlob;
import io.imagegate.signer.PemFile;
import io.imagegate.signer.RevocationList;
import io.imagegate.signer.Trust;
import io.imagegate.signature.Verdict;
import io.imagegate.signature.Verifier;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        readers.put("bundles", bytes -> verdicts(StoredSignature.bundle(bytes)));
        readers.put("layers", this::layer);
        readers.put("trusted-roots", bytes -> {
            String trusted = utf8(bytes);
            Verifier.requireTrustedRoot(trusted);
            return verdicts(
                    StoredSignature.bundle(recorded("cosign2/keyless-1.sigstore.json")),
                    List.of(Signer.keyless(
                            "keyless", Trust.of("trust", trusted), "https://accounts.example", "a@example.com")));
        });
        readers.put("certificates", bytes -> {
            Verifier.create().requireUsable(certificate(bytes, "*"));
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
        return verdicts(StoredSignature.layer(head[0], annotations, content));
    }

    private String verdicts(StoredSignature signature) throws IOException {
        List<Signer> signers = new ArrayList<>();
        List<SigningKey> keys = new ArrayList<>();
        for (String key : List.of("1", "2", "ed25519", "p384", "rsa")) {
            keys.add(SigningKey.read(text("keys/" + key + ".pub")));
        }
        keys.add(SigningKey.read(text("cosign2/key1.pub")));
        signers.add(Signer.keys("keys", keys));
        for (String trusted : List.of("trust/trusted-root.json", "cosign2/trusted-root.json")) {
            signers.add(Signer.keyless(
                    "keyless",
                    Trust.of("trust", text(trusted)).withRequired(1, 0, 0),
                    "https://issuer.example",
                    "*@*"));
        }
        signers.add(certificate(recorded("trust/certificate-ca.pem"), "**"));
        signers.add(Signer.notation("notary", certificates(recorded("trust/notation-ca.pem")), "C=DE, ST=BE, O=acme")
                .withTimestamps(certificates(recorded("trust/notation-tsa-root.pem"))));
        return verdicts(signature, signers);
    }

    private static String verdicts(StoredSignature signature, List<Signer> signers) {
        StringBuilder shown = new StringBuilder();
        boolean verified = false;
        boolean read = false;
        for (Signer signer : signers) {
            Verdict verdict = Verifier.create().verify(signature, Artifact.of(DIGEST), signer, NOW);
            verified |= verdict instanceof Verdict.Verified;
            read |= !(verdict instanceof Verdict.Violated violated && violated.fault() == SignatureFault.FORMAT);
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
                ? "violated " + violated.fault() + " " + violated.message() + " " + violated.unread()
                : verdict.toString();
    }

    static String notation(List<byte[]> roots, List<byte[]> crls) {
        Signer signer = Signer.notation("notary", certificates(roots.get(0)), "C=DE, ST=BE, O=acme")
                .withCrls(crls.stream().map(RevocationList::of).toList());
        Verifier.create().requireUsable(signer);
        return signer.getClass().getSimpleName();
    }

    private static CertificateSigner certificate(byte[] root, String subjectName) {
        return new CertificateSigner(
                "office",
                certificates(root),
                Optional.empty(),
                Optional.of(PathGlob.parse(subjectName)),
                List.of(),
                Optional.empty());
    }

    /** {@return a file of a setting, which programs read so} */
    static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new Adapter.Refused("expected text in UTF-8");
        }
    }

    private static List<X509Certificate> certificates(byte[] pem) {
        return PemFile.certificates(utf8(pem));
    }

    private String text(String name) throws IOException {
        return utf8(recorded(name));
    }

    private byte[] recorded(String name) throws IOException {
        return Files.readAllBytes(root.resolve("policy-core/signature/src/test/resources/recorded").resolve(name));
    }
}
