package comparison;

import io.imagegate.document.PolicyDocumentException;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.document.PolicyTestResult;
import io.imagegate.manifest.ManifestException;
import io.imagegate.manifest.ManifestObject;
import io.imagegate.manifest.ManifestReader;
import io.imagegate.manifest.ManifestText;
import io.imagegate.policy.Decision;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.ImageRegistries;
import io.imagegate.registry.ImageRegistriesException;
import io.imagegate.registry.metadata.ImageConfig;
import io.imagegate.registry.metadata.OciManifestReader;
import io.imagegate.review.ReviewedImage;
import io.imagegate.server.cli.ServeSettings;
import io.imagegate.signature.Artifact;
import io.imagegate.signature.CosignSignature;
import io.imagegate.signature.Signer;
import io.imagegate.signature.SigningKey;
import io.imagegate.signature.Trust;
import io.imagegate.signature.TrustedRoot;
import io.imagegate.signature.Verdict;
import io.imagegate.signature.Verifier;
import io.imagegate.webhook.Answer;
import io.imagegate.webhook.PolicyWebhook;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Gives each document to the reader of this build that it is for, and writes a line on what came of it. */
final class Adapter {

    /** What came of a document, in one line. */
    interface Reader {
        String read(byte[] document) throws Exception;
    }

    private static final Instant NOW = Instant.parse("2026-11-27T00:00:00Z");
    private static final ImageReference IMAGE = ImageReference.parse("registry.example/acme/api:1");
    private static final Digest DIGEST =
            Digest.parse("sha256:fbd83ba08e4c94433644808c5d126390262514e0bdea021058ebf64b42fdcee5");
    private static final List<String> IMAGES = List.of(
            "nginx", "nginx:1.17.1", "ghcr.io/acme/api:2.3.0", "registry.k8s.io/pause:3.9", "localhost:5000/x:dev",
            "ghcr.io/acme/api@" + DIGEST, "quay.io/a/b:latest", "bad image:@@");

    /** Rules of most kinds, so that decisions tell how a review was read. */
    private static final String POLICY = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: comparison}
            spec:
              rules:
                - {name: fixed-tag, tag: {required: true, deny: [latest]}}
                - {name: known, enforce: warn, match: {exceptNamespaces: [kube-system]}, allow: ["ghcr.io/acme/**", "docker.io/library/*"]}
                - {name: digest, enforce: audit, digest: {required: true}}
              exceptions:
                - {rules: [fixed-tag], images: ["docker.io/library/redis"], namespaces: [dev], reason: old, expires: 2027-01-01}
              breakGlass: {annotation: ticket.image-policy.k8s.io/break-glass, value: "INC-*", namespaces: ["prod*", default]}
            """;

    private static final String REWRITES = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: rewriting}
            spec:
              rules: [{name: fixed-tag, tag: {required: true, deny: [latest]}}]
              mutate: {rewrite: [{from: "docker.io/**", to: "mirror.internal/hub/**"}]}
            """;

    private static final String POLICY_WITH_LIST = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: notation}
            spec:
              signers:
                notary: {notation: {roots: [{file: ca.pem}], identities: ["C=DE, ST=BE, O=acme"], crls: [{file: changed.crl}]}}
              rules: [{name: signed, signature: {by: [$notary]}}]
            """;

    private static final String SCANNED = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: scanned}
            spec:
              signers: {ci: {keys: [{file: p256.pub}]}}
              rules:
                - name: scanned
                  attestation: {type: vuln, by: [$ci], vulnerabilities: {deny: [critical, high]}}
            ---
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicyTest
            metadata: {name: scanned}
            spec:
              cases:
                - name: case
                  image: ghcr.io/acme/api:1.0.0
                  at: 2026-11-27T00:00:00Z
                  facts:
                    "ghcr.io/acme/api:1.0.0":
                      digest: "sha256:fbd83ba08e4c94433644808c5d126390262514e0bdea021058ebf64b42fdcee5"
                      attestations: [{type: vuln, by: [ci], at: 2026-11-26T00:00:00Z, predicate: {file: predicate.json}}]
                  expect: {decision: allowed}
            """;

    private final Path root;
    private final Path folder;
    private final PolicySet policies = documents().read("comparison.yaml", POLICY);
    private final PolicyWebhook webhook = PolicyWebhook.of(() -> policies);
    private final PolicyWebhook mutating = webhook(documents().read("rewriting.yaml", REWRITES));

    private Adapter(Path root, Path folder) {
        this.root = root;
        this.folder = folder;
    }

    public static void main(String[] words) throws IOException {
        Path root = Path.of(words[0]);
        Path folder = Files.createTempDirectory("comparison-");
        Path outcomes = Files.createDirectories(Path.of(words[2]));
        try (Stream<Path> keys = Files.list(root.resolve("policy-core/src/test/resources/io/imagegate/document/keys"))) {
            for (Path key : (Iterable<Path>) keys::iterator) {
                Files.copy(key, folder.resolve(key.getFileName()));
            }
        }
        addNamedFiles(root, folder);
        Map<String, Reader> readers = new Adapter(root, folder).readers();
        try (Stream<Path> all = Files.list(Path.of(words[1]))) {
            for (Path documents : (Iterable<Path>) all.sorted()::iterator) {
                String name = documents.getFileName().toString();
                Reader reader = readers.get(name);
                if (reader == null) {
                    throw new IllegalStateException("no reader for " + name);
                }
                try (DataInputStream in = new DataInputStream(Files.newInputStream(documents));
                        PrintStream out = new PrintStream(outcomes.resolve(name).toFile(), StandardCharsets.UTF_8)) {
                    while (in.available() > 0) {
                        out.println(line(reader, in.readNBytes(in.readInt()), folder));
                    }
                }
            }
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
    }

    /** The files that samples name. */
    private static void addNamedFiles(Path root, Path folder) throws IOException {
        for (String key : List.of("cosign.pub", "next.pub", "release.pub", "release-2026.pub", "release-2027.pub")) {
            Files.copy(folder.resolve("p256.pub"), folder.resolve(key));
        }
        for (String certificates : List.of("tsa-root.pem", "acme-ca.pem", "notation-ca.pem", "root.pem", "internal-ca.pem")) {
            Files.copy(folder.resolve("ca.pem"), folder.resolve(certificates));
        }
        Path trusted = root.resolve("policy-core/signature/src/test/resources/recorded/trust/trusted-root.json");
        for (String name : List.of("trusted_root.json", "github-root.json", "public-good.json", "trusted-root.json")) {
            Files.copy(trusted, folder.resolve(name));
        }
        for (String name : List.of("config.json", "harbor.json")) {
            Files.writeString(folder.resolve(name), "{\"auths\": {\"ghcr.io\": {\"auth\": \"dXNlcjpzZWNyZXQ=\"}}}");
        }
        Files.writeString(folder.resolve("partners.txt"), "docker.io/library/nginx\nghcr.io/acme/**\n");
        Files.writeString(folder.resolve("revoked.txt"), DIGEST + "\n");
        Files.writeString(folder.resolve("production.yaml"), POLICY);
        Path scans = root.resolve("policy-core/src/test/resources/io/imagegate/document/scans");
        for (String name : List.of("trivy.json", "grype.json", "vex.json", "vsa.json")) {
            Files.copy(scans.resolve(name), folder.resolve(name));
        }
        Files.copy(scans.resolve("trivy.json"), folder.resolve("vuln.json"));
    }

    /** A refusal is an exception of the reader; one that nobody promised shows its class. */
    private static String line(Reader reader, byte[] document, Path folder) {
        String line;
        try {
            line = "accepted " + reader.read(document);
        } catch (Refused refused) {
            line = "refused " + refused.getMessage();
        } catch (Exception | StackOverflowError thrown) {
            line = "refused " + thrown.getClass().getSimpleName() + ": " + thrown.getMessage();
        }
        return line.replace(folder.toString(), "FOLDER").replaceAll("\\R", "\\\\n");
    }

    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    private Map<String, Reader> readers() {
        Map<String, Reader> readers = new TreeMap<>();
        readers.put("reviews", this::review);
        readers.put("manifests", this::manifests);
        readers.put("policies", this::policies);
        readers.put("policy-tests", this::tests);
        readers.put("registries", this::registries);
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
        readers.put("public-keys", bytes -> {
            Signer.keys(List.of(SigningKey.read(bytes)));
            Files.write(folder.resolve("changed.pub"), bytes);
            return decisions(documents().load(policyWithKey()));
        });
        readers.put("revocation-lists", bytes -> {
            Files.write(folder.resolve("changed.crl"), bytes);
            String read = policies(POLICY_WITH_LIST.getBytes(StandardCharsets.UTF_8));
            byte[] ca = Files.readAllBytes(folder.resolve("ca.pem"));
            return read + (bytes[0] == '-' ? "" : notation(List.of(ca), List.of(bytes)));
        });
        readers.put("predicates", this::predicate);
        readers.put("docker-configurations", this::dockerConfiguration);
        readers.put("server-configurations", this::serverConfiguration);
        return readers;
    }

    private static PolicyDocuments documents() {
        return new PolicyDocuments()
                .withClock(InstantSource.fixed(NOW))
                .withSignatures(text -> TrustedRoot.read(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static PolicyWebhook webhook(PolicySet policies) {
        return PolicyWebhook.builder(() -> policies).paths("/validate").mutatePaths("/mutate").build();
    }

    private String review(byte[] document) throws Exception {
        Answer judged = webhook.handle("POST", "/image_policy", "application/json", new ByteArrayInputStream(document));
        Answer mutated = mutating.handle("POST", "/mutate", "application/json", new ByteArrayInputStream(document));
        String line = shown(judged) + " | " + shown(mutated);
        if (judged.status() != 200 || line.contains("malformed")) {
            throw new Refused(line);
        }
        return line;
    }

    private static String shown(Answer answer) {
        return answer.status() + " " + new TreeMap<>(answer.headers()) + " "
                + new String(answer.body(), StandardCharsets.UTF_8);
    }

    private String manifests(byte[] document) throws Exception {
        StringBuilder found = new StringBuilder();
        try {
            ManifestReader.read(
                    "manifest.yaml", new ByteArrayInputStream(document), object -> found.append(object(object)), e -> {
                        found.append(" kindless ").append(e.getMessage());
                    });
            ManifestText text = ManifestText.read("manifest.yaml", document, e -> {});
            for (ManifestObject object : text.objects()) {
                for (ReviewedImage image : object.images()) {
                    text.replace(object, image, IMAGE);
                }
            }
            found.append(" replaced ").append(Arrays.hashCode(text.content()));
        } catch (ManifestException e) {
            String place = e.file() + ":" + e.line() + ":" + e.column() + ": " + e.problem();
            if (!found.toString().contains("replaced") && !e.problem().contains("cannot be replaced")) {
                throw new Refused(found + " " + place);
            }
            found.append(' ').append(place);
        }
        return found.toString();
    }

    private String object(ManifestObject object) {
        StringBuilder shown = new StringBuilder(" " + object.kind() + " " + object.namespace() + "/" + object.name() + ":"
                + object.line() + (object.isReview() ? " review" : ""));
        List<ReviewedImage> images = object.images();
        for (int i = 0; i < images.size(); i++) {
            shown.append(' ').append(images.get(i)).append(':').append(object.line(i));
        }
        return shown + " " + shown(object.decide(policies, "default"));
    }

    private static String shown(Decision decision) {
        return decision.allowed() + " " + decision.reason() + " " + decision.warnings() + " "
                + new TreeMap<>(decision.auditAnnotations());
    }

    private String policies(byte[] document) throws IOException {
        Path file = Files.write(folder.resolve("policy.yaml"), document);
        List<String> warnings = new ArrayList<>();
        try {
            PolicySet loaded = documents().withWarnings(warning -> warnings.add(warning.toString())).load(file);
            return warnings + " " + decisions(loaded);
        } catch (PolicyDocumentException e) {
            throw new Refused(e.problems().toString());
        }
    }

    private static String decisions(PolicySet policies) {
        StringBuilder shown = new StringBuilder();
        IMAGES.forEach(image -> shown.append(shown(policies.decide(image))).append("; "));
        return shown.toString();
    }

    private String tests(byte[] document) throws IOException {
        Path file = Files.write(folder.resolve("policy-test.yaml"), document);
        try {
            return results(file);
        } catch (PolicyDocumentException e) {
            throw new Refused(e.problems().toString());
        }
    }

    private static String results(Path file) {
        StringBuilder shown = new StringBuilder();
        for (PolicyTestResult result : documents().runTests(file.toString())) {
            shown.append(result.test() + ": " + result.testCase() + ":" + result.line() + " " + result.passed() + " "
                    + result.failures() + " " + shown(result.decision()) + "; ");
        }
        return shown.toString();
    }

    private String predicate(byte[] document) throws IOException {
        Files.write(folder.resolve("predicate.json"), document);
        Path file = Files.writeString(folder.resolve("scanned-test.yaml"), SCANNED);
        try {
            return results(file);
        } catch (PolicyDocumentException e) {
            throw new Refused(e.problems().toString());
        }
    }

    private Path policyWithKey() throws IOException {
        return Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: signed}
                spec:
                  signers: {release: {keys: [{file: changed.pub}]}}
                  rules: [{name: signed, signature: {by: [$release]}}]
                """);
    }

    private String registries(byte[] document) throws IOException {
        Path file = Files.write(folder.resolve("registries.yaml"), document);
        try {
            ImageRegistries read = ImageRegistries.load(file);
            return read.entries() + " " + read.limits() + " " + read.cache() + " " + read.proxy();
        } catch (ImageRegistriesException e) {
            throw new Refused(e.getMessage());
        }
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
            throw new Refused("no empty line");
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
                    new Trust(TrustedRoot.read(recorded(trusted)), 0, 0, 0), "https://issuer.example", "*@*", Map.of()));
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
            throw new Refused(shown.toString());
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
        return verdict.toString();
    }

    private static String notation(List<byte[]> roots, List<byte[]> crls) {
        return Signer.notation(roots).identity("C=DE, ST=BE, O=acme").crls(crls).build().getClass().getSimpleName();
    }

    private byte[] recorded(String name) throws IOException {
        return Files.readAllBytes(root.resolve("policy-core/signature/src/test/resources/recorded").resolve(name));
    }

    private String dockerConfiguration(byte[] document) throws Exception {
        Path file = Files.write(folder.resolve("config.json"), document);
        StringBuilder shown = new StringBuilder();
        for (String host : List.of("ghcr.io", "docker.io", "127.0.0.1:5000", "quay.io")) {
            shown.append(io.imagegate.registry.authentication.DockerConfigFile.open(file, Map.of())
                            .find(host)
                            .join()
                            .map(secret -> "secret " + secret.hashCode())
                            .isPresent())
                    .append(' ');
        }
        return shown.toString();
    }

    /** What {@code serve} makes of a configuration file: its output and its exit status. */
    private String serverConfiguration(byte[] document) throws IOException {
        Path file = Files.write(folder.resolve("imagegate.yaml"), document);
        String line = ServeSettings.read(file);
        if (!line.startsWith("0 ")) {
            throw new Refused(line);
        }
        return line;
    }
}
