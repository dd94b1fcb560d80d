package io.imagegate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.reference.GlobSet;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Rules;
import io.imagegate.signer.KeylessSigner;
import io.imagegate.signer.PathGlob;
import io.imagegate.signer.Signer;
import io.imagegate.signer.Trust;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What policies and decisions tell of themselves. */
class PolicyPartsTest {

    private static final NamedRule NO = NamedRule.of("no", image -> Finding.violation("refused"));
    private static final Signer SIGNER =
            new KeylessSigner("ci", Trust.of("public", "{}"), "https://issuer", PathGlob.parse("ci"), Map.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "z",
                "0",
                "9",
                "a-b",
                "a.b",
                "az09",
                "a123456789a123456789a123456789a123456789a123456789a12345678912z"
            })
    void names(String name) {
        assertThatCode(() -> Policy.builder(name)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "a-",
                "-a",
                ".a",
                "a.",
                "A",
                "aB",
                "a_b",
                "a/b",
                "a:b",
                "a`",
                "a{b",
                "`a",
                "{a",
                "/a",
                ":a",
                "\u00e9",
                "a123456789a123456789a123456789a123456789a123456789a1234567891234"
            })
    void noNames(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Policy.builder(name));
    }

    @Test
    void aPolicyTellsItsParts() {
        BreakGlass way = BreakGlass.of("a.image-policy.k8s.io/b", "INC-*", GlobSet.of("*"));
        Policy policy = Policy.builder("p")
                .rule(NO)
                .breakGlass(way)
                .ignoreKind("Rollout.argoproj.io")
                .label("team", "b")
                .label("app", "a")
                .annotation("owner", "Ann")
                .signer(SIGNER)
                .expiryWarning(Duration.ofDays(14))
                .build();
        assertThat(policy.rules()).containsExactly(NO);
        assertThat(policy.labels()).containsExactly(Map.entry("team", "b"), Map.entry("app", "a"));
        assertThat(policy.annotations()).containsExactly(Map.entry("owner", "Ann"));
        assertThat(policy.signers()).containsExactly(SIGNER);
        assertThat(policy.expiryWarning()).contains(Duration.ofDays(14));
        assertThat(policy.breakGlass()).contains(way);
        assertThat(policy.ignoresKind("Rollout.argoproj.io")).isTrue();
        assertThat(policy.ignoresKind("Rollout.argoproj.io.x")).isFalse();
        assertThat(PolicySet.of(policy, Policy.byDefault()).policies()).containsExactly(policy, Policy.byDefault());
        Policy plain = Policy.builder("p").rule(NO).build();
        assertThat(plain.breakGlass()).isEmpty();
        assertThat(plain.expiryWarning()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Policy.builder("p").ignoreKind(" "));
    }

    @Test
    void aBreakGlassTellsItsUsersAndGroups() {
        BreakGlass everybody = BreakGlass.of("a.image-policy.k8s.io/b", "INC-*", GlobSet.of("*"));
        assertThat(everybody.users()).isEmpty();
        assertThat(everybody.groups()).isEmpty();
        BreakGlass some = everybody.withGroups(GlobSet.of("sre-*")).withUsers(GlobSet.of("alice"));
        assertThat(some.users()).contains(GlobSet.of("alice"));
        assertThat(some.groups()).contains(GlobSet.of("sre-*"));
        assertThat(some.annotation()).isEqualTo(everybody.annotation());
        for (String glob : List.of("INC-*", "*-INC", "?-INC")) {
            assertThat(BreakGlass.of("b", glob, GlobSet.of("*")).shownValue()).contains(glob);
        }
    }

    @Test
    void theAnnotationOfAReviewWithoutARequestIsNotNew() {
        PolicySet policies = PolicySet.of(Policy.builder("p")
                .rule("fixed-tag", Rules.fixedTag())
                .breakGlass(BreakGlass.of("break", "INC-*", GlobSet.of("prod")).withUsers(GlobSet.of("alice")))
                .build());
        ImageReview review = ImageReview.of("nginx:1").inNamespace("prod").toBuilder()
                .annotations(Map.of("break", "INC-1"))
                .build();
        assertThat(policies.decide(review).allowed()).isTrue();
        assertThat(policies.decideWithoutImages(review).allowed()).isTrue();
        ImageReview created = review.toBuilder().operation("CREATE").build();
        assertThat(policies.decideWithoutImages(created).reason())
                .isEqualTo("the request adds or changes the break-glass annotation \"break\" in metadata.annotations,"
                        + " but the user is not known");
        assertThat(policies.decide(created).violations()).singleElement().satisfies(violation -> {
            assertThat(violation.rule()).isEqualTo(Requirement.BREAK_GLASS.code());
            assertThat(violation.image()).isEmpty();
        });
        assertThat(policies.decideWithoutImages(
                        created.toBuilder().user("alice").build()))
                .isEqualTo(Decision.withoutImages());
        // The glass is open for her only.
        ImageReview latest = review.toBuilder().images("nginx").build();
        assertThat(policies.decide(latest).reason()).contains("does not count: the user is not known");
        assertThat(policies.decide(latest.toBuilder().user("alice").build()).allowed())
                .isTrue();
        assertThat(PolicySet.unloaded("not yet").decideWithoutImages(created).allowed())
                .isTrue();
    }

    @Test
    void theAnnotationOfATemplateIsNewWhereTheObjectDidNotHaveIt() {
        Policy policy = Policy.builder("p")
                .rule("fixed-tag", Rules.fixedTag())
                .breakGlass(BreakGlass.of("break", "INC-*", GlobSet.of("prod")).withUsers(GlobSet.of("alice")))
                .build();
        ImageReview before = ImageReview.of("nginx:1").inNamespace("prod").toBuilder()
                .operation("UPDATE")
                .user("bob")
                .templates(Map.of("spec.template", Map.of("break", "INC-1")))
                .build();
        ImageReview same =
                before.toBuilder().before(before).imagesUnchanged(true).build();
        assertThat(policy.decide(same).allowed()).isTrue();
        ImageReview changed = same.toBuilder()
                .templates(Map.of("spec.template", Map.of("break", "INC-2")))
                .build();
        assertThat(policy.decide(changed).reason())
                .isEqualTo(
                        "the request adds or changes the break-glass annotation \"break\" in"
                                + " spec.template.metadata.annotations, but user \"bob\" is none of those who may break the glass");
        assertThat(policy.decide(changed.toBuilder().user("alice").build()).allowed())
                .isTrue();
    }

    @Test
    void anUnknownKindIsDeniedUnlessEveryPolicyIgnoresIt() {
        Policy strict = Policy.builder("strict").rule(NO).build();
        Policy lenient = Policy.builder("lenient")
                .rule(NO)
                .ignoreKind("Rollout.argoproj.io")
                .build();
        assertThat(PolicySet.of(lenient, lenient)
                        .decideUnknownKind("Rollout.argoproj.io", "", "")
                        .allowed())
                .isTrue();
        assertThat(PolicySet.of(lenient).decideUnknownKind("Rollout", "", "").allowed())
                .isFalse();
        Decision denied = PolicySet.of(lenient, strict).decideUnknownKind("Rollout.argoproj.io", "", "");
        assertThat(denied.reason()).startsWith("the kind \"Rollout.argoproj.io\" is unknown");
        assertThat(denied.violations()).singleElement().satisfies(violation -> {
            assertThat(violation.policy()).isEqualTo("strict");
            assertThat(violation).hasToString(denied.reason());
        });
        assertThat(PolicySet.unloaded("not yet")
                        .decideUnknownKind("Rollout.argoproj.io", "", "")
                        .reason())
                .isEqualTo("not yet");
    }

    @Test
    void theDefaultPolicySpeaksTwoLanguages() {
        ImageReview review = ImageReview.of("nginx:latest");
        assertThat(Policy.byDefault(Locale.ENGLISH).decide(review).reason())
                .isEqualTo(Policy.byDefault().decide(review).reason());
        assertThat(Policy.byDefault(Locale.SIMPLIFIED_CHINESE).decide(review).reason())
                .contains("镜像");
        assertThatThrownBy(() -> Policy.byDefault(Locale.FRENCH)).hasMessage("locale \"fr\": expected en or zh-CN");
    }

    @Test
    void aSetIgnoresKindsBesidesThoseOfItsPolicies() {
        Policy policy = Policy.builder("p").rule(NO).ignoreKind("Rollout.*").build();
        PolicySet policies = PolicySet.of(policy).withIgnoredKinds(GlobSet.of(List.of("*.example")));
        assertThat(policies.decideUnknownKind("App.example", "", "").allowed()).isTrue();
        assertThat(policies.decideUnknownKind("Rollout.argoproj.io", "", "").allowed())
                .isTrue();
        assertThat(policies.decideUnknownKind("App.example.org", "", "").allowed())
                .isFalse();
    }

    @Test
    void theAuditLogSaysWhatWarnsAndWhatIsAuditedAlone() {
        Decision decision = Policy.builder("p")
                .rule(NO)
                .rule(NamedRule.of("warns", image -> Finding.violation("careful"))
                        .withEnforcement(Enforcement.WARN))
                .rule(NamedRule.of("audits", image -> Finding.violation("noted"))
                        .withEnforcement(Enforcement.AUDIT))
                .build()
                .decide(ImageReview.of("nginx").inNamespace("default"));
        assertThat(decision.auditAnnotations())
                .containsOnlyKeys("warned", "audited")
                .containsEntry("warned", "image \"nginx\" (containers[0]) violates rule \"warns\": careful")
                .containsEntry("audited", "image \"nginx\" (containers[0]) violates rule \"audits\": noted");
        assertThat(decision.reason()).isEqualTo("image \"nginx\" (containers[0]) violates rule \"no\": refused");
    }

    @Test
    void theAuditLogSaysWhatBrokeTheGlass() {
        Decision decision = Policy.builder("p")
                .rule(NO)
                .breakGlass(BreakGlass.of("a.image-policy.k8s.io/b", "INC-*", GlobSet.of("*")))
                .build()
                .decide(ImageReview.builder()
                        .images(ImageReview.of("nginx").images())
                        .namespace("default")
                        .annotations(Map.of("a.image-policy.k8s.io/b", "INC-1"))
                        .build());
        assertThat(decision.allowed()).isTrue();
        assertThat(decision.auditAnnotations())
                .containsOnlyKeys("broke-glass")
                .containsEntry("broke-glass", "INC-1: image \"nginx\" (containers[0]) violates rule \"no\": refused");
    }

    @Test
    void whatAReasonLeavesOutIsCounted() {
        String[] images = new String[900];
        Arrays.setAll(images, i -> "image-number-" + i);
        String reason = Policy.builder("p")
                .rule(NO)
                .build()
                .decide(ImageReview.of(images).inNamespace("default"))
                .reason();
        int shown = reason.split("image \"", -1).length - 1;
        assertThat(reason).endsWith("; and " + (900 - shown) + " more");
    }

    @Test
    void anUpdateOfNoImageIsSaidToBeOne() {
        assertThat(Sentences.unchanged(Locale.ENGLISH)).isEqualTo("the update changes no image");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"{", "{}", "a {tag", "{ Tag}", "{0}", "{ta`g}", "a } b", "{zebra "})
    void bracesThatHoldNoNameAreText(String text) {
        assertThat(told(text)).isEqualTo(text);
        assertThat(MessageTemplate.parse(text)).hasToString(text);
    }

    @Test
    void placeholdersAreFilledIn() {
        assertThat(told("{policy} {rule}: {registry} {repository}{{tag}} [{digest}] {namespace}"))
                .isEqualTo("p no: docker.io library/nginx{1.27} [] default");
    }

    @Test
    void theDigestAndTheContainerAreFilledIn() {
        String digest = "sha256:" + "a".repeat(64);
        assertThat(told("{digest} in {container}", "nginx@" + digest)).isEqualTo(digest + " in containers[0]");
    }

    @ParameterizedTest
    @CsvSource({
        "az, ''",
        "AZ, ''",
        "z09, ''",
        "a_-.b, ''",
        "image.tag, ' (did you mean {tag}?)'",
        "containerName, ' (did you mean {container}?)'",
        "Image, ' (did you mean {image}?)'"
    })
    void aNameInBracesThatIsNoPlaceholderIsRefused(String name, String suggestion) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MessageTemplate.parse("a {" + name + "} b"))
                .withMessage(
                        "unknown placeholder {" + name + "} in a message, expected one of {container} {digest} {image}"
                                + " {namespace} {policy} {registry} {repository} {rule} {tag}" + suggestion);
    }

    @Test
    void aReasonAtTheLimitGetsNoFurtherSentence() {
        String longest = "a".repeat(Sentences.LIMIT - 2);
        String reason = Policy.builder("p")
                .rule(NO.withMessage(longest))
                .rule(NamedRule.of("also", image -> Finding.violation("refused"))
                        .withMessage("b"))
                .build()
                .decide(ImageReview.of("nginx").inNamespace("default"))
                .reason();
        assertThat(reason).isEqualTo(longest + "; and 1 more");
    }

    private static String told(String template) {
        return told(template, "nginx:1.27");
    }

    private static String told(String template, String image) {
        return Policy.builder("p")
                .rule(NO.withMessage(template))
                .build()
                .decide(ImageReview.of(image).inNamespace("default"))
                .reason();
    }
}
