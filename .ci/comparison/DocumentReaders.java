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
import io.imagegate.reference.ImageReference;
import io.imagegate.registry.ImageRegistries;
import io.imagegate.registry.ImageRegistriesException;
import io.imagegate.review.ReviewedImage;
import io.imagegate.server.cli.ServeSettings;
import io.imagegate.signer.Signer;
import io.imagegate.signer.SigningKey;
import io.imagegate.signature.Verifier;
import io.imagegate.webhook.Answer;
import io.imagegate.webhook.PolicyWebhook;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads what people and programs write: reviews, manifests, policies and files of settings. */
final class DocumentReaders {

    private static final Instant NOW = Instant.parse("2026-11-27T00:00:00Z");
    private static final ImageReference IMAGE = ImageReference.parse("registry.example/acme/api:1");
    private static final List<String> IMAGES = List.of(
            "nginx", "nginx:1.17.1", "ghcr.io/acme/api:2.3.0", "registry.k8s.io/pause:3.9", "localhost:5000/x:dev",
            "ghcr.io/acme/api@" + SignatureReaders.DIGEST, "quay.io/a/b:latest", "bad image:@@");

    /** Rules of most kinds, so that decisions tell how a review was read. */
    static final String POLICY = """
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

    private final Path folder;
    private final PolicySet policies = documents().read("comparison.yaml", POLICY);
    private final PolicyWebhook webhook = PolicyWebhook.of(() -> policies);
    private final PolicyWebhook mutating = webhook(documents().read("rewriting.yaml", REWRITES));

    DocumentReaders(Path folder) {
        this.folder = folder;
    }

    Map<String, Adapter.Reader> readers() {
        Map<String, Adapter.Reader> readers = new TreeMap<>();
        readers.put("reviews", this::review);
        readers.put("manifests", this::manifests);
        readers.put("policies", this::policies);
        readers.put("policy-tests", this::tests);
        readers.put("registries", this::registries);
        readers.put("predicates", this::predicate);
        readers.put("docker-configurations", this::dockerConfiguration);
        readers.put("server-configurations", this::serverConfiguration);
        readers.put("public-keys", bytes -> {
            Signer.keys("changed", List.of(SigningKey.read(SignatureReaders.utf8(bytes))));
            Files.write(folder.resolve("changed.pub"), bytes);
            return decisions(documents().load(policyWithKey()));
        });
        readers.put("revocation-lists", bytes -> {
            Files.write(folder.resolve("changed.crl"), bytes);
            String read = policies(POLICY_WITH_LIST.getBytes(StandardCharsets.UTF_8));
            byte[] ca = Files.readAllBytes(folder.resolve("ca.pem"));
            return read + (bytes[0] == '-' ? "" : SignatureReaders.notation(List.of(ca), List.of(bytes)));
        });
        return readers;
    }

    private static PolicyDocuments documents() {
        return new PolicyDocuments()
                .withClock(InstantSource.fixed(NOW))
                .withSignatures(Verifier::requireTrustedRoot);
    }

    private static PolicyWebhook webhook(PolicySet policies) {
        return PolicyWebhook.of(() -> policies);
    }

    private String review(byte[] document) throws Exception {
        Answer judged = webhook.handle("POST", "/image_policy", "application/json", new ByteArrayInputStream(document));
        Answer mutated = mutating.handle("POST", "/mutate", "application/json", new ByteArrayInputStream(document));
        String line = shown(judged) + " | " + shown(mutated);
        if (judged.status() != 200 || line.contains("malformed")) {
            throw new Adapter.Refused(line);
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
                throw new Adapter.Refused(found + " " + place);
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
            throw new Adapter.Refused(e.problems().toString());
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
            throw new Adapter.Refused(e.problems().toString());
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
            throw new Adapter.Refused(e.problems().toString());
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
            throw new Adapter.Refused(e.getMessage());
        }
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
            throw new Adapter.Refused(line);
        }
        return line;
    }
}
