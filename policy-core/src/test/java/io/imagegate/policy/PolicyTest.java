package io.imagegate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.reference.GlobSet;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ContainerType;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import io.imagegate.rule.Candidate;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Rule;
import io.imagegate.rule.Rules;
import io.imagegate.rule.Scope;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {

    private static final String DIGEST = "@sha256:" + "a".repeat(64);

    private static Decision decide(Policy policy, String... images) {
        return policy.decide(ImageReview.of(images).inNamespace("default"));
    }

    private static Policy policy(Rule rule) {
        return Policy.builder("p").rule("r", rule).build();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "nginx, false",
        "nginx:1.17.1, true",
        "nginx:latest, false",
        "nginx:latest-alpine, true",
        "registry:5000/app, false",
        "registry:5000/app:1, true",
        "nginx" + "@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, true",
        "nginx:latest" + "@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, false",
        "docker/Nginx:1, false",
        "foo_bar.com/baz:1, false",
        "'', false",
    })
    void theDefaultPolicyDemandsAFixedTag(String image, boolean allowed) {
        Decision decision = decide(Policy.byDefault(), image);
        assertThat(decision.allowed()).as(decision.toString()).isEqualTo(allowed);
        assertThat(decision.reason().isEmpty()).isEqualTo(allowed);
    }

    @Test
    void reasonsNameImagePlaceAndRule() {
        assertThat(decide(Policy.byDefault(), "nginx").reason())
                .isEqualTo("image \"nginx\" (containers[0]) violates rule \"fixed-tag\": "
                        + "it has no tag, so it means \"latest\"; write a fixed tag");
        assertThat(decide(Policy.byDefault(), "a:1", "docker/Nginx").reason())
                .isEqualTo("image \"docker/Nginx\" (containers[1]): it is not a valid reference: character 8: "
                        + "repository must be lowercase; did you mean docker/nginx?");
        assertThat(decide(Policy.byDefault(), "foo_bar.com/baz:1").reason()).contains("names no registry");
        assertThat(decide(Policy.byDefault()).reason()).isEqualTo("the review names no image; expected at least one");
    }

    @Test
    void reasonsComeInChinese() {
        Policy policy = Policy.builder("p")
                .locale(Locale.SIMPLIFIED_CHINESE)
                .rule("fixed-tag", Rules.fixedTag())
                .build();
        assertThat(decide(policy, "nginx:latest", "docker/Nginx").reason())
                .isEqualTo("镜像 \"docker/Nginx\"(containers[1]):不是合法的镜像引用:第 8 个字符:镜像名必须是小写字母;是否应为 docker/nginx?; "
                        + "镜像 \"nginx:latest\"(containers[0])违反规则“fixed-tag”:不允许使用标签“latest”");
    }

    @Test
    void everyImageAndEveryRuleIsJudged() {
        Policy policy = Policy.builder("p")
                .rule("fixed-tag", Rules.fixedTag())
                .rule("pinned", Rules.digestRequired())
                .build();
        assertThat(decide(policy, "a", "b:1", "c:1" + DIGEST).violations())
                .extracting(v -> v.rule() + " " + v.image().orElseThrow().text())
                .containsExactly("fixed-tag a", "pinned a", "pinned b:1");
    }

    @Test
    void anOwnMessageIsUsedWordForWordAndOnce() {
        NamedRule own = NamedRule.of("fixed-tag", Rules.fixedTag()).withMessage("检查镜像失败!镜像标签不允许使用latest!");
        assertThat(decide(Policy.builder("p").rule(own).build(), "nginx").reason())
                .isEqualTo("检查镜像失败!镜像标签不允许使用latest!");
        assertThat(decide(Policy.builder("p").rule(own).build(), "nginx", "redis")
                        .reason())
                .isEqualTo("检查镜像失败!镜像标签不允许使用latest! (containers[0]); 检查镜像失败!镜像标签不允许使用latest! (containers[1])");
        NamedRule named =
                own.withMessage("{policy}/{rule}: {image} = {registry} {repository} {tag}{digest} {namespace} "
                        + "{container} {not one} {");
        assertThat(decide(Policy.builder("p").rule(named).build(), "nginx").reason())
                .isEqualTo("p/fixed-tag: nginx = docker.io library/nginx latest default containers[0] {not one} {");
    }

    @Test
    void whatAMessageShowsOfAReviewIsEscaped() {
        NamedRule own = NamedRule.of("r", Rules.fixedTag()).withMessage("{container} \u68c0");
        ReviewedImage image = ReviewedImage.of("nginx", "spec.containers", 0)
                .withContainer(ContainerType.CONTAINER, "a\n\u001b[2J\u68c0");
        ImageReview review = ImageReview.builder().images(List.of(image)).build();
        assertThat(Policy.builder("p").rule(own).build().decide(review).reason())
                .isEqualTo("a\\n\\u001b[2J\\u68c0 \u68c0");
    }

    @Test
    void onlyDenyDenies() {
        for (Enforcement enforcement : Enforcement.values()) {
            Policy policy = Policy.builder("p")
                    .rule(NamedRule.of("r", Rules.fixedTag()).withEnforcement(enforcement))
                    .build();
            Decision decision = decide(policy, "nginx");
            assertThat(decision.allowed()).isEqualTo(enforcement != Enforcement.DENY);
            assertThat(decision.warnings()).hasSize(enforcement == Enforcement.WARN ? 1 : 0);
            assertThat(decision.violations()).hasSize(1);
        }
    }

    @Test
    @SuppressWarnings("NullAway") // a rule compiled without the checker may well return null
    void aRuleThatThrowsOrGivesNullDenies() {
        Rule[] broken = {
            image -> {
                throw new IllegalStateException("secret");
            },
            image -> {
                throw new StackOverflowError();
            },
            image -> null,
        };
        for (Rule rule : broken) {
            Decision decision = decide(policy(rule), "nginx:1");
            assertThat(decision.allowed()).isFalse();
            assertThat(decision.reason()).contains("rule \"r\"").doesNotContain("secret");
            assertThat(decide(policy(Rules.not(rule)), "nginx:1").allowed()).isFalse();
        }
    }

    @Test
    void evidenceThatThrowsIsAFailureOfItsRule() {
        Object evidence = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("secret");
            }
        };
        assertThat(decide(policy(Rules.not(image -> Finding.satisfied(evidence))), "nginx:1")
                        .reason())
                .endsWith("rule \"r\": the rule failed (IllegalStateException), which counts as a violation");
    }

    @Test
    @SuppressWarnings("NullAway") // a rule compiled without the checker may well return null
    void aBrokenRuleIsTranslatedToo() {
        Rule failing = image -> {
            throw new IllegalStateException("secret");
        };
        Policy policy = Policy.builder("p")
                .locale(Locale.SIMPLIFIED_CHINESE)
                .rule("failing", failing)
                .rule("silent", image -> null)
                .build();
        assertThat(decide(policy, "nginx:1").reason())
                .isEqualTo("镜像 \"nginx:1\"(containers[0])违反规则“failing”:规则执行失败(IllegalStateException),无法判断的镜像一律拒绝; "
                        + "镜像 \"nginx:1\"(containers[0])违反规则“silent”:规则没有给出结论,未作判断的镜像一律拒绝");
        assertThat(decide(policy(failing), "nginx:1").reason())
                .endsWith("the rule failed (IllegalStateException), which counts as a violation");
    }

    @Test
    void aRuleAppliedAloneFailsAsItDoesInADecision() {
        ImageReview review = ImageReview.of("nginx:1").inNamespace("default");
        Candidate image =
                Candidate.of(ImageReference.parse("nginx:1"), review.images().get(0), review);
        Policy failing = policy(any -> {
            throw new IllegalStateException("secret");
        });
        Finding failed = failing.check(failing.rules().get(0), image);
        assertThat(failed.isViolation()).isTrue();
        assertThat(failed.message(failing.locale()))
                .isEqualTo("the rule failed (IllegalStateException), which counts as a violation");
        Policy sound = policy(any -> Finding.satisfied());
        assertThat(sound.check(sound.rules().get(0), image)).isEqualTo(Finding.satisfied());
    }

    @Test
    void aScopeLeavesOtherNamespacesAlone() {
        Policy policy = Policy.builder("p")
                .rule(NamedRule.of("r", Rules.fixedTag()).withScope(Scope.ofNamespaces(GlobSet.of("prod-*", "live"))))
                .build();
        for (String denied : List.of("prod-eu", "live", "")) {
            assertThat(policy.decide(ImageReview.of("nginx").inNamespace(denied))
                            .allowed())
                    .isFalse();
        }
        for (String allowed : List.of("prod", "xprod-eu", "lives")) {
            assertThat(policy.decide(ImageReview.of("nginx").inNamespace(allowed))
                            .allowed())
                    .isTrue();
        }
    }

    @Test
    void anUpdateWithTheSameImagesIsJudgedOnlyWhenThePolicySaysSo() {
        ImageReview unchanged = ImageReview.builder()
                .namespace("default")
                .images(List.of(ReviewedImage.of("nginx", "spec.containers", 0)))
                .imagesUnchanged(true)
                .build();
        PolicyBuilder builder = Policy.builder("p").rule("r", Rules.fixedTag());
        Decision unseen = builder.build().decide(unchanged);
        assertThat(unseen.allowed()).isTrue();
        assertThat(unseen.auditAnnotations()).containsOnlyKeys("unchanged");
        assertThat(builder.onUpdate(UpdateScope.ALL).build().decide(unchanged).allowed())
                .isFalse();
    }

    @Test
    void reasonsAreCutAndSayHowMuchIsMissing() {
        String[] images = new String[900];
        for (int i = 0; i < images.length; i++) {
            images[i] = "image-number-" + i;
        }
        String reason = decide(Policy.byDefault(), images).reason();
        assertThat(reason)
                .matches("(?s)image \"image-number-0\".*; and \\d+ more")
                .hasSizeLessThan(4_120);
    }

    @Test
    void hostileTextIsShownEscaped() {
        assertThat(decide(Policy.byDefault(), "a\nb\u202e").reason()).contains("\"a\\nb\\u202e\"");
    }

    @Test
    void aSetAllowsWhenAllAllowAndDeniesWhenNothingWasLoaded() {
        Policy yes = policy(image -> Finding.satisfied());
        Policy no = policy(image -> Finding.violation("no"));
        ImageReview review = ImageReview.of("nginx:1").inNamespace("default");
        assertThat(PolicySet.of(yes, yes).decide(review).allowed()).isTrue();
        assertThat(PolicySet.of(yes, no).decide(review).allowed()).isFalse();
        assertThat(PolicySet.of(no, yes).decide(review).allowed()).isFalse();
        PolicySet none = PolicySet.unloaded("no policy was loaded yet");
        assertThat(none.isLoaded()).isFalse();
        assertThat(none.decide(review)).hasToString("denied: no policy was loaded yet");
        assertThatThrownBy(PolicySet::of).hasMessage("policy set: expected at least one policy, got none");
    }

    @Test
    void badConfigurationIsRefusedWhenItIsBuilt() {
        assertThatThrownBy(() -> Policy.builder("Bad Name"))
                .hasMessageStartingWith("policy \"Bad Name\": expected a name");
        assertThatThrownBy(() -> Policy.builder("p").rule("", Rules.fixedTag())).hasMessageStartingWith("rule \"\"");
        assertThatThrownBy(() -> Policy.builder("p").build()).hasMessageContaining("at least one rule");
        assertThatThrownBy(() -> Policy.builder("p").rule("r", Rules.fixedTag()).rule("r", Rules.fixedTag()))
                .hasMessageContaining("already has a rule of that name");
        assertThatThrownBy(() -> Policy.builder("p").locale(Locale.FRENCH))
                .hasMessage("locale \"fr\": expected en or zh-CN");
        assertThatThrownBy(() -> MessageTemplate.parse("no {thing}"))
                .hasMessageContaining("unknown placeholder {thing}");
        assertThatThrownBy(() -> MessageTemplate.parse(" ")).hasMessageContaining("blank");
    }

    @Test
    void aRuleWarnsOnceAndNamesTheFirstImages() {
        NamedRule warning = NamedRule.of("r", Rules.fixedTag()).withEnforcement(Enforcement.WARN);
        for (NamedRule rule :
                List.of(warning, warning.withMessage("镜像标签不允许使用latest"), warning.withMessage("x".repeat(300)))) {
            Policy policy = Policy.builder("p").rule(rule).build();
            String[] images =
                    IntStream.range(0, 100).mapToObj(i -> "image-" + i).toArray(String[]::new);
            assertThat(decide(policy, images).warnings())
                    .singleElement()
                    .satisfies(text ->
                            assertThat(text).matches("(?s).* and \\d+ more.*").doesNotContain("containers[99]"));
        }
        Policy policy = Policy.builder("p").rule(warning).build();
        assertThat(decide(policy, "a", "b", "c").warnings())
                .containsExactly(
                        "images \"a\" (containers[0]), \"b\" (containers[1]), \"c\" (containers[2]) violate rule \"r\": "
                                + "it has no tag, so it means \"latest\"; write a fixed tag");
    }
}
