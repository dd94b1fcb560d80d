package io.imagegate.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.JsonTree;
import io.imagegate.document.DocumentProblem;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.fact.FactSource;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.PolicySet;
import io.imagegate.policy.Violation;
import io.imagegate.policy.ViolationOutcome;
import io.imagegate.policytest.ExampleFacts;
import io.imagegate.webhook.Answer;
import io.imagegate.webhook.PolicyWebhook;
import io.imagegate.webhook.ReviewEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Loads the policy of an example, and asks a webhook with it: bytes in, answer out. */
public final class ExampleRun {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-25T12:00:00Z"));

    private final PolicyExample example;
    private final Path folder;
    private final PolicySet policies;
    private final List<DocumentProblem> warnings = new ArrayList<>();

    /**
     * Loads the policy.
     *
     * @param example the example
     * @param folder an empty folder, which gets its files
     */
    public ExampleRun(PolicyExample example, Path folder) throws IOException {
        this.example = example;
        this.folder = folder;
        for (Map.Entry<String, String> file : example.files().entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        Path file = Files.writeString(folder.resolve(example.name() + ".yaml"), example.policy());
        this.policies = new PolicyDocuments()
                .withClock(CLOCK)
                .withSignatures(root -> {})
                .withWarnings(warnings::add)
                .load(List.of(file.toString()));
    }

    /** Each warning has a reason, and each reason a warning. */
    public void checkWarnings() {
        assertThat(warnings)
                .allSatisfy(warning -> assertThat(example.warnings().keySet())
                        .as("%s", warning)
                        .anyMatch(part -> warning.toString().contains(part)));
        assertThat(warnings).hasSameSizeAs(example.warnings().keySet());
    }

    /** Every rule of the example has a case that violates it, and one that does not. */
    public void checkCases() {
        Set<String> answers = example.cases().stream().map(ExampleCase::answer).collect(Collectors.toSet());
        assertThat(answers).as("hits and near-misses").hasSizeGreaterThan(1);
    }

    /** Asks both protocols, and compares the answers. */
    public void check(ExampleCase asked) throws IOException {
        assertThat(answer("/image_policy", asked, asked.imageReview()))
                .as("as an ImageReview: %s", asked.asked())
                .isEqualTo(asked.imageReviewAnswer());
        assertThat(answer(asked.becomes().isPresent() ? "/mutate" : "/validate", asked, asked.admissionReview()))
                .as("as an AdmissionReview: %s", asked.asked())
                .isEqualTo(asked.answer());
    }

    private String answer(String path, ExampleCase asked, String body) throws IOException {
        FactSource facts = ExampleFacts.read(folder, policies, asked.facts());
        PolicySet then = policies.withClock(InstantSource.fixed(asked.at()));
        List<ReviewEvent> events = new ArrayList<>();
        PolicyWebhook webhook = PolicyWebhook.builder(ImageGate.of(() -> then, facts))
                .listener(events::add)
                .build();
        byte[] bytes = body.getBytes(UTF_8);
        Answer answer = webhook.review(path, bytes, bytes.length);
        assertThat(answer.status()).isEqualTo(200);
        Decision decision = events.get(0).decision().orElseThrow(() -> new AssertionError(events.get(0)));
        boolean admission = body.contains("AdmissionReview");
        check((Map<?, ?>) JsonTree.read(new String(answer.body(), UTF_8)), admission, asked, decision);
        return outcome(decision);
    }

    /** What the bytes say is what was decided. */
    private void check(Map<?, ?> answer, boolean admission, ExampleCase asked, Decision decision) {
        Tree said = new Tree(
                (Map<?, ?>) Objects.requireNonNull(answer.get(admission ? "response" : "status")),
                Set.of("uid", "allowed", "status", "warnings", "auditAnnotations", "reason", "patch", "patchType"));
        assertThat(said.values().get("allowed")).isEqualTo(decision.allowed());
        assertThat(said.has("warnings"))
                .isEqualTo(admission && !decision.warnings().isEmpty());
        if (admission) {
            asked.says().ifPresent(part -> assertThat(answer.toString()).contains(part));
            asked.becomes().ifPresent(name -> assertThat(patch(said)).contains(name));
        }
        // An image that is right in all but its syntax would be denied for another reason than the example shows.
        assertThat(decision.violations())
                .extracting(Violation::rule)
                .doesNotContain("invalid-reference", "no-registry", "no-images");
    }

    private static String patch(Tree said) {
        return new String(Base64.getDecoder().decode(said.text("patch")), UTF_8);
    }

    /** {@return the outcome that counts most} */
    private static String outcome(Decision decision) {
        Set<ViolationOutcome> outcomes =
                decision.violations().stream().map(Violation::outcome).collect(Collectors.toSet());
        if (!decision.allowed()) {
            return "denied";
        }
        return List.of(
                        ViolationOutcome.WARNED,
                        ViolationOutcome.BROKE_GLASS,
                        ViolationOutcome.EXEMPTED,
                        ViolationOutcome.AUDITED)
                .stream()
                .filter(outcomes::contains)
                .map(ViolationOutcome::label)
                .findFirst()
                .orElse("allowed");
    }
}
