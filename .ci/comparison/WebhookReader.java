package comparison;

import io.imagegate.document.PolicyDocuments;
import io.imagegate.fact.Fact;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.ImageReference;
import io.imagegate.webhook.PolicyWebhook;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Answers reviews with policies of most kinds: reason, warnings, annotations and patch stand in the answer. */
final class WebhookReader implements Adapter.Reader {

    private static final Instant NOW = Instant.parse("2026-11-27T00:00:00Z");

    private static final String POLICY = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: production}
            spec:
              rules:
                - {name: fixed-tag, tag: {required: true, deny: [latest, dev]}}
                - {name: known, enforce: warn, match: {exceptNamespaces: [kube-system]}, allow: ["ghcr.io/acme/**", "mirror.internal/**"]}
                - {name: digest, enforce: audit, match: {namespaces: ["prod*"]}, digest: {required: true}}
                - {name: released, match: {images: ["ghcr.io/acme/api"]}, tag: {semver: ">=2 <3"}}
                - {name: there, match: {images: ["ghcr.io/acme/*/a"]}, image: {exists: true}, onUnavailable: warn}
                - {name: small, match: {images: ["ghcr.io/acme/web"]}, image: {maxSize: 1Gi, labels: {team: "*"}}}
                - {name: no-quay, deny: ["quay.io/**"]}
              exceptions:
                - {rules: [fixed-tag], images: ["mirror.internal/hub/library/nginx"], namespaces: [dev], reason: old, expires: 2027-01-01}
                - {rules: [no-quay], images: ["quay.io/a/b"], namespaces: [default], reason: over, expires: 2026-01-01}
              breakGlass: {annotation: ticket.image-policy.k8s.io/break-glass, value: "INC-*", namespaces: ["prod*"]}
              mutate: {rewrite: [{from: "docker.io/**", to: "mirror.internal/hub/**"}], pin: ["ghcr.io/acme/pinned/**", "ghcr.io/acme/flaky/*"]}
            """;

    private final PolicyWebhook webhook;

    WebhookReader() {
        PolicySet policies = new PolicyDocuments()
                .withClock(InstantSource.fixed(NOW))
                .read("production.yaml", POLICY);
        webhook = PolicyWebhook.builder(ImageGate.of(() -> policies, facts())).build();
    }

    /** A registry that has no answer for some images and does not have some others. */
    private static FactSource facts() {
        return (needs, limit) -> CompletableFuture.completedFuture(
                needs.keySet().stream().collect(Collectors.toMap(image -> image, WebhookReader::facts)));
    }

    private static ImageFacts facts(ImageReference image) {
        ImageFacts facts = ImageFacts.at(NOW);
        if (image.toString().contains("/flaky/")) {
            return facts.with(Need.DIGEST, Fact.unavailable("the registry does not answer"));
        }
        return facts.with(
                Need.DIGEST,
                image.toString().contains("/gone/") ? Fact.absent("the registry does not have it") : Fact.known(SignatureReaders.DIGEST));
    }

    @Override
    public String read(byte[] document) {
        StringBuilder answers = new StringBuilder();
        boolean allowed = false;
        for (String path : List.of("/validate", "/mutate", "/image_policy")) {
            var answer = webhook.reviewAsync(path, "", document, document.length).join();
            String body = new String(answer.body(), StandardCharsets.UTF_8);
            allowed |= body.contains("\"allowed\":true");
            answers.append(answer.status()).append(' ').append(body).append(" | ");
        }
        if (!allowed) {
            throw new Adapter.Refused(answers.toString());
        }
        return answers.toString();
    }
}
