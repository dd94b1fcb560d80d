package io.imagegate.policytest;

import io.imagegate.document.policy.Documents;
import io.imagegate.document.policy.LanguageExtensions;
import io.imagegate.document.rule.CelExpressions;
import io.imagegate.document.rule.CustomRules;
import io.imagegate.document.yaml.YamlWriter;
import io.imagegate.policy.Decision;
import io.imagegate.policy.PolicySet;
import io.imagegate.policy.Violation;
import io.imagegate.policy.ViolationOutcome;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes policy tests as {@link PolicyTestReader} reads them, and reads them again: only a case that passes is written. */
final class PolicyTestWriter {

    private static final String TEST = "test";

    private PolicyTestWriter() {}

    /** {@return a test as text; it is about the policies in the same file if no other is named} */
    static String text(String name, String policy, List<Map<String, Object>> cases) {
        Map<String, Object> spec = new LinkedHashMap<>();
        if (!policy.isEmpty()) {
            spec.put("policy", policy);
        }
        spec.put("cases", cases);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("apiVersion", Documents.API_VERSION);
        document.put("kind", Documents.POLICY_TEST);
        document.put("metadata", Map.of("name", name));
        document.put("spec", spec);
        return YamlWriter.lines(document);
    }

    /**
     * Makes a case.
     *
     * @throws IllegalArgumentException if a case cannot tell the review, or the decision on it would be another
     */
    static Map<String, Object> testCase(
            String name, PolicySet policies, ImageReview review, StatedFacts facts, Instant at, Decision decision) {
        requireKnown(review);
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("name", name);
        written.put("at", at.toString());
        written.putAll(subject(review));
        Map<Object, Object> known = new LinkedHashMap<>(facts.written());
        known.keySet()
                .retainAll(review.images().stream().map(ReviewedImage::text).toList());
        if (!known.isEmpty()) {
            written.put("facts", known);
        }
        written.put("expect", expectation(decision));
        requireSame(written, policies, decision);
        return written;
    }

    private static void requireKnown(ImageReview review) {
        refuseIf(review.images().isEmpty(), "a review without images");
        refuseIf(
                review.images().stream().anyMatch(image -> image.unknown().isPresent()),
                "an image whose name is not known");
        refuseIf(
                review.before().isPresent() || review.imagesUnchanged(),
                "what an object is before an update; name a file with the AdmissionReview in manifest");
        refuseIf(
                review.operation()
                        .filter(operation -> !CaseReviewReader.OPERATIONS.contains(operation))
                        .isPresent(),
                "another operation than " + String.join(" and ", CaseReviewReader.OPERATIONS));
    }

    private static void refuseIf(boolean unknown, String what) {
        if (unknown) {
            throw new IllegalArgumentException("a case of a policy test cannot tell " + what);
        }
    }

    /** A pod with one image gets it by the name that the policies make of it, a review is checked as it is written. */
    private static Map<String, Object> subject(ImageReview review) {
        Map<String, Object> subject = new LinkedHashMap<>();
        String image = review.images().get(0).text();
        if (!review.equals(ImageReview.of(image).inNamespace(review.namespace()))) {
            return Map.of("review", review(review));
        }
        subject.put("image", image);
        putNamespace(subject, review);
        return subject;
    }

    private static void putNamespace(Map<String, Object> fields, ImageReview review) {
        if (!review.namespace().equals(CaseSubject.NAMESPACE)) {
            fields.put("namespace", review.namespace());
        }
    }

    private static Map<String, Object> review(ImageReview review) {
        Map<String, Object> fields = new LinkedHashMap<>();
        putNamespace(fields, review);
        review.kind().ifPresent(kind -> fields.put("kind", kind));
        review.name().ifPresent(name -> fields.put("name", name));
        review.labels().ifPresent(labels -> fields.put("labels", labels));
        if (!review.annotations().isEmpty()) {
            fields.put("annotations", review.annotations());
        }
        review.operation().ifPresent(operation -> fields.put("operation", operation));
        review.user().ifPresent(user -> fields.put("user", user));
        review.groups().filter(groups -> !groups.isEmpty()).ifPresent(groups -> fields.put("groups", groups));
        fields.put(
                "images", review.images().stream().map(PolicyTestWriter::image).toList());
        return fields;
    }

    private static Object image(ReviewedImage image) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("image", image.text());
        image.containerType()
                .ifPresent(type ->
                        fields.put("type", type.name().toLowerCase(Locale.ROOT).replace('_', '-')));
        image.containerName().ifPresent(name -> fields.put("name", name));
        return fields.size() == 1 ? image.text() : fields;
    }

    private static Map<String, Object> expectation(Decision decision) {
        Map<String, Object> expectation = new LinkedHashMap<>();
        expectation.put("decision", decision.allowed() ? "allowed" : "denied");
        for (ViolationOutcome outcome : List.of(ViolationOutcome.DENIED, ViolationOutcome.WARNED)) {
            List<String> rules = decision.violations().stream()
                    .filter(violation -> violation.outcome() == outcome)
                    .map(Violation::rule)
                    .distinct()
                    .toList();
            if (!rules.isEmpty()) {
                expectation.put(outcome == ViolationOutcome.DENIED ? "rules" : "warnings", rules);
            }
        }
        return expectation;
    }

    private static void requireSame(Map<String, Object> written, PolicySet policies, Decision decision) {
        LanguageExtensions none = new LanguageExtensions(new CelExpressions(), CustomRules.of(List.of()), text -> {});
        PolicyTestLoading loading = new PolicyTestLoading(none, policies.clock(), policies, null);
        List<PolicyTest> read = loading.text(TEST, text(TEST, "", List.of(written)));
        loading.problems().all().stream().findFirst().ifPresent(problem -> {
            throw new IllegalArgumentException("a case of a policy test cannot tell this review: " + problem.message());
        });
        Decision again = read.get(0).cases().get(0).decide(policies);
        if (again.allowed() != decision.allowed() || !found(again).equals(found(decision))) {
            throw new IllegalArgumentException(
                    "a case of a policy test would get another decision: the review of a case tells neither owners nor annotations"
                            + " of pods, and its images are neither rewritten nor pinned; name a file with the object in manifest");
        }
    }

    private static List<String> found(Decision decision) {
        return decision.violations().stream()
                .map(violation -> violation.policy() + " " + violation.rule() + " " + violation.outcome() + " "
                        + violation.image().map(ReviewedImage::text).orElse(""))
                .toList();
    }
}
