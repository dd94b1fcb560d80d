package io.imagegate.laws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.JsonTree;
import io.imagegate.document.PolicyDocumentException;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.laws.Questions.Demands;
import io.imagegate.laws.Questions.Image;
import io.imagegate.laws.Questions.Namespace;
import io.imagegate.policy.Decision;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.ImageReference;
import io.imagegate.reference.ReferenceArbitraries;
import io.imagegate.reference.ReferenceSyntaxException;
import io.imagegate.rule.Rules;
import io.imagegate.webhook.PolicyWebhook;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.statistics.Statistics;

@Domain(Questions.class)
@Domain(DomainContext.Global.class)
class DecisionLawsTest {

    private static Decision decide(Policy policy, Namespace namespace, List<Image> images) {
        return policy.decide(Questions.review(namespace, images));
    }

    private static Policy policy(Demands demands) {
        return Demand.builder(demands.all()).build();
    }

    /** What was found, without the order. */
    private static Set<String> findings(Decision decision) {
        return decision.violations().stream()
                .map(v -> v.rule() + " " + v.enforcement() + " "
                        + v.image().map(i -> i.text()).orElse("") + ": " + v.explanation())
                .collect(Collectors.toSet());
    }

    @Property
    void oneMoreImageNeverTurnsADenialIntoAnAllowance(
            @ForAll Demands demands,
            @ForAll Namespace namespace,
            @ForAll @Size(min = 1, max = 4) List<Image> images,
            @ForAll Image more,
            @ForAll Random random) {
        Decision before = decide(policy(demands), namespace, images);
        List<Image> all = new ArrayList<>(images);
        all.add(random.nextInt(images.size() + 1), more);
        Decision after = decide(policy(demands), namespace, all);
        Statistics.label("one image less").collect(before.allowed(), after.allowed());
        assertThat(after.allowed()).isIn(false, before.allowed());
        assertThat(findings(after)).containsAll(findings(before));
    }

    @Property
    void oneMoreRuleNeverTurnsADenialIntoAnAllowance(
            @ForAll Demands demands,
            @ForAll Demands more,
            @ForAll Namespace namespace,
            @ForAll @Size(max = 4) List<Image> images) {
        Decision before = decide(policy(demands), namespace, images);
        List<Demand> all = new ArrayList<>(demands.all());
        all.addAll(more.all());
        Decision after = decide(policy(new Demands(all)), namespace, images);
        assertThat(after.allowed()).isIn(false, before.allowed());
        assertThat(findings(after)).containsAll(findings(before));
        assertThat(PolicySet.of(policy(demands), policy(more))
                        .decide(Questions.review(namespace, images))
                        .allowed())
                .isEqualTo(after.allowed());
    }

    @Property
    void oneMorePatternInADenyListNeverTurnsADenialIntoAnAllowance(
            @ForAll @Size(max = 4) List<Image> images, @ForAll Random random) {
        List<String> patterns = new ArrayList<>(Demand.PATTERNS);
        Collections.shuffle(patterns, random);
        int count = random.nextInt(patterns.size());
        Decision before = denying(patterns.subList(0, count), images);
        Decision after = denying(patterns.subList(0, count + 1), images);
        assertThat(after.allowed()).isIn(false, before.allowed());
    }

    private static Decision denying(List<String> patterns, List<Image> images) {
        Policy policy = Policy.builder("p")
                .rule("r", Rules.deny(Demand.patterns(patterns)))
                .build();
        return decide(policy, new Namespace("default"), images);
    }

    @Property
    void theOrderOfImagesAndRulesDoesNotMatter(
            @ForAll Demands demands,
            @ForAll Namespace namespace,
            @ForAll @Size(max = 5) List<Image> images,
            @ForAll Random random) {
        Decision before = decide(policy(demands), namespace, images);
        List<Image> otherImages = new ArrayList<>(images);
        Collections.shuffle(otherImages, random);
        assertThat(decide(policy(demands), namespace, otherImages).allowed()).isEqualTo(before.allowed());
        assertThat(findings(decide(policy(demands), namespace, otherImages))).isEqualTo(findings(before));
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < demands.all().size(); i++) {
            numbers.add(i);
        }
        Collections.shuffle(numbers, random);
        var builder = Policy.builder("p");
        numbers.forEach(i -> builder.rule(demands.all().get(i).named(Demand.name(i))));
        Decision after = decide(builder.build(), namespace, images);
        assertThat(after.allowed()).isEqualTo(before.allowed());
        assertThat(findings(after)).isEqualTo(findings(before));
    }

    @Property
    void everyFormOfAnImageGetsOneDecision(@ForAll Demands demands, @ForAll Namespace namespace, @ForAll Image image) {
        Optional<ImageReference> parsed = parse(image.text());
        Assume.that(parsed.isPresent());
        ImageReference reference = parsed.orElseThrow();
        Decision asTyped = decide(policy(demands), namespace, List.of(image));
        List<Image> forms = new ArrayList<>(List.of(new Image(reference.canonical())));
        if (!ReferenceArbitraries.isFamiliarFormAmbiguous(reference)) {
            forms.add(new Image(reference.familiar()));
        }
        for (Image form : forms) {
            Decision other = decide(policy(demands), namespace, List.of(form));
            assertThat(other.allowed()).as(form.text()).isEqualTo(asTyped.allowed());
            assertThat(other.violations().stream().map(v -> v.rule() + v.explanation()))
                    .containsExactlyElementsOf(asTyped.violations().stream()
                            .map(v -> v.rule() + v.explanation())
                            .toList());
        }
    }

    private static Optional<ImageReference> parse(String text) {
        try {
            return Optional.of(ImageReference.parse(text));
        } catch (ReferenceSyntaxException e) {
            return Optional.empty();
        }
    }

    @Property(tries = 500)
    void aPolicyInJavaAndItsFileDecideAlike(
            @ForAll Demands demands, @ForAll Namespace namespace, @ForAll @Size(max = 4) List<Image> images) {
        PolicySet read = read(demands);
        Decision expected = decide(policy(demands), namespace, images);
        Decision actual = read.decide(Questions.review(namespace, images));
        assertThat(actual.allowed()).isEqualTo(expected.allowed());
        assertThat(actual.reason()).isEqualTo(expected.reason());
        assertThat(actual.auditAnnotations()).isEqualTo(expected.auditAnnotations());
        assertThat(actual.warnings()).isEqualTo(expected.warnings());
    }

    /** Reads rules from a file. One that denies nothing of what it matches is refused there, and in Java it is not. */
    private static PolicySet read(Demands demands) {
        try {
            return new PolicyDocuments().withFactories(List.of()).read("p.yaml", Demand.file(demands.all()));
        } catch (PolicyDocumentException refused) {
            Assume.that(!refused.problems().stream()
                    .allMatch(problem -> problem.message().contains("denies nothing: ")));
            throw refused;
        }
    }

    @Property(tries = 500)
    void bothKindsOfReviewDecideAlikeWithFieldsInAnyOrder(
            @ForAll Demands demands,
            @ForAll Namespace namespace,
            @ForAll @Size(min = 1, max = 4) List<Image> images,
            @ForAll Random random) {
        PolicyWebhook webhook = PolicyWebhook.of(() -> PolicySet.of(policy(demands)));
        Decision expected = decide(policy(demands), namespace, images);
        String imageReview = Questions.imageReview(namespace, images);
        String admission = Questions.admissionReview(namespace, images);
        Map<?, ?> status = object(answer(webhook, imageReview), "status");
        assertThat(status.get("allowed")).isEqualTo(expected.allowed());
        assertThat(status.get("reason")).isEqualTo(expected.allowed() ? null : expected.reason());
        Map<?, ?> response = object(answer(webhook, admission), "response");
        assertThat(response.get("allowed")).isEqualTo(expected.allowed());
        if (!expected.allowed()) {
            assertThat(object(response, "status").get("message"))
                    .asString()
                    .isEqualTo(expected.reason().replace("(containers[", "(spec.containers["));
        }
        assertThat(answer(webhook, shuffled(imageReview, random))).isEqualTo(answer(webhook, imageReview));
        assertThat(answer(webhook, shuffled(admission, random))).isEqualTo(answer(webhook, admission));
    }

    private static String shuffled(String body, Random random) {
        return JsonTree.write(JsonTree.shuffled(JsonTree.read(body), random));
    }

    private static Map<?, ?> object(Map<?, ?> owner, String field) {
        return (Map<?, ?>) Objects.requireNonNull(owner.get(field), field);
    }

    private static Map<?, ?> answer(PolicyWebhook webhook, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        String answer =
                new String(webhook.review("/validate", bytes, bytes.length).body(), UTF_8);
        return (Map<?, ?>) Objects.requireNonNull(JsonTree.read(answer));
    }
}
