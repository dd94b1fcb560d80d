package io.imagegate.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A pattern with {namespace}")
class NamespacePatternTest {

    private static ImageReference image(String text) {
        return ImageReference.parse(text);
    }

    private static boolean matches(String pattern, String namespace, String image) {
        return PatternSet.of(pattern).inNamespace(namespace).orElseThrow().matches(image(image));
    }

    @ParameterizedTest(name = "{0} in {1}: {2}, not {3}")
    @CsvSource({
        "r.internal/{namespace}/**, shop, r.internal/shop/api, r.internal/shops/api",
        "r.internal/{namespace}/**, shop, r.internal/shop/a/b, r.internal/pay/api",
        "r.internal/team-{namespace}/api, pay, r.internal/team-pay/api, r.internal/team-pay-x/api",
        "r.internal/{namespace}-*/api, pay, r.internal/pay-x/api, r.internal/payx/api",
        "r.internal/a-{namespace}-b/api, x-y, r.internal/a-x-y-b/api, r.internal/a-x-b/api",
        "r.internal/**/{namespace}, shop, r.internal/a/b/shop, r.internal/shop/a",
        "{namespace}/api, shop, docker.io/shop/api, shop.example/api",
        "{namespace}/api, localhost, docker.io/localhost/api, localhost/api",
        "{namespace}, nginx, nginx, redis",
        "**/{namespace}/api:1.*, shop, quay.io/shop/api:1.2, quay.io/shop/api:2",
        "r.internal/{namespace}/{namespace}-*, a, r.internal/a/a-x, r.internal/a/b-x",
    })
    @DisplayName("matches with the namespace in its place")
    void hits(String pattern, String namespace, String hit, String miss) {
        assertThat(matches(pattern, namespace, hit)).isTrue();
        assertThat(matches(pattern, namespace, miss)).isFalse();
        assertThat(matches(pattern, "other", hit)).isFalse();
        ImagePattern parsed = ImagePattern.parse(pattern);
        assertThat(parsed.isPerNamespace()).isTrue();
        assertThat(parsed.matches(image(hit))).isFalse();
        assertThat(PatternSet.of(pattern).matches(image(hit))).isFalse();
        assertThat(PatternSet.of(pattern).inAnyNamespace().matches(image(hit))).isTrue();
        assertThat(PatternSet.of(pattern).inNamespace(namespace).orElseThrow().first(image(hit)))
                .hasValue(parsed);
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(
            strings = {
                "",
                "*",
                "?",
                "**",
                "a*",
                "a/b",
                "A",
                "a.b",
                "a_b",
                "-a",
                "a-",
                "a b",
                "é",
                "{namespace}",
                "a\n",
                ".."
            })
    @DisplayName("gets no text inserted that is no name of a namespace")
    void hostileNamespaces(String namespace) {
        assertThat(PatternSet.of("r.internal/{namespace}/**").inNamespace(namespace))
                .isEmpty();
    }

    @Test
    @DisplayName("gets names of 63 characters inserted, and no longer ones")
    void longNamespaces() {
        PatternSet set = PatternSet.of("r.internal/{namespace}/**");
        assertThat(set.inNamespace("a".repeat(63))).isPresent();
        assertThat(set.inNamespace("a".repeat(64))).isEmpty();
        assertThat(set.inNamespace("0-9").orElseThrow().matches(image("r.internal/0-9/a")))
                .isTrue();
    }

    @Test
    @DisplayName("leaves other patterns of a set as they are")
    void mixed() {
        PatternSet set = PatternSet.of("ghcr.io/acme/**", "r.internal/{namespace}/**");
        assertThat(set.isPerNamespace()).isTrue();
        assertThat(set.matches(image("ghcr.io/acme/api"))).isTrue();
        assertThat(set.inNamespace("a").orElseThrow().matches(image("ghcr.io/acme/api")))
                .isTrue();
        assertThat(set.inAnyNamespace().matches(image("quay.io/acme/api"))).isFalse();
        PatternSet plain = PatternSet.of("ghcr.io/acme/**");
        assertThat(plain.isPerNamespace()).isFalse();
        assertThat(plain.inNamespace("a")).containsSame(plain);
        assertThat(plain.inAnyNamespace()).isSameAs(plain);
    }

    @Test
    @DisplayName("is found among ten thousand by the index")
    void many() {
        List<ImagePattern> patterns = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            patterns.add(ImagePattern.parse("r.internal/team" + i + "-{namespace}/app" + i));
        }
        PatternSet set = PatternSet.of(patterns).inNamespace("shop").orElseThrow();
        assertThat(set.matching(image("r.internal/team7-shop/app7"))).containsExactly(patterns.get(7));
        assertThat(set.matches(image("r.internal/team7-shop/app8"))).isFalse();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '#',
            value = {
                "r.internal/{ns}/** # character 12 '{': the only placeholder of a pattern is '{namespace}'; each alternative is a pattern of its own",
                "r.internal/{Namespace}/** # character 12 '{': the only placeholder of a pattern is '{namespace}'; each alternative is a pattern of its own",
                "r.internal/{namespace/** # character 12 '{': the only placeholder of a pattern is '{namespace}'; each alternative is a pattern of its own",
                "r.internal/{}/** # character 12 '{': the only placeholder of a pattern is '{namespace}'; each alternative is a pattern of its own",
                "r.internal/namespace}/** # character 21 '}': not allowed in a repository pattern",
                "{namespace}.internal/** # character 1 '{': '{namespace}' can stand only in the path, after the registry",
                "*.{namespace}.internal/** # character 3 '{': '{namespace}' can stand only in the path, after the registry",
                "{namespace}:5000/** # character 1 '{': '{namespace}' can stand only in the path, after the registry",
                "r.internal/a:{namespace} # character 14 '{': '{namespace}' can stand only in the path, after the registry",
                "r.internal/a@{namespace} # character 14 '{': '{namespace}' can stand only in the path, after the registry",
                "r.internal/{namespace}**/a # character 23 '*': '**' must be a whole path segment: write '*' for a part of one",
                "r.internal/{namespace}-/a # character 23 '-': '.', '_', '__' and '-' must be between lowercase letters, digits or wildcards",
            })
    @DisplayName("is refused with the place of its mistake")
    void mistakes(String pattern, String expected) {
        assertThatThrownBy(() -> ImagePattern.parse(pattern)).hasMessageEndingWith(": " + expected);
    }

    @ParameterizedTest(name = "{0} covers {1}: {2}")
    @CsvSource({
        "r.internal/{namespace}/**, r.internal/{namespace}/**, true",
        "r.internal/{namespace}/**, r.internal/{namespace}/api, true",
        "r.internal/*/**, r.internal/{namespace}/api, true",
        "r.internal/**, r.internal/{namespace}/api, true",
        "r.internal/team-*/api, r.internal/team-{namespace}/api, true",
        "r.internal/team-{namespace}*/api, r.internal/team-{namespace}/api, true",
        "r.internal/?/api, r.internal/{namespace}/api, false",
        "r.internal/{namespace}/**, r.internal/*/**, false",
        "r.internal/{namespace}/**, r.internal/shop/**, false",
        "r.internal/{namespace}/**, r.internal/0/**, false",
        "r.internal/shop/**, r.internal/{namespace}/**, false",
        "r.internal/{namespace}/**, r.internal/team-{namespace}/**, false",
        "r.internal/a-{namespace}/api, r.internal/{namespace}-a/api, false",
    })
    @DisplayName("covers only what it matches in every namespace")
    void covers(String outer, String inner, boolean covers) {
        assertThat(ImagePattern.parse(outer).covers(ImagePattern.parse(inner))).isEqualTo(covers);
        assertThat(PatternSet.of("ghcr.io/a", outer).covers(ImagePattern.parse(inner)))
                .isEqualTo(covers);
    }

    @ParameterizedTest(name = "{0} overlaps {1}: {2}")
    @CsvSource({
        "r.internal/{namespace}/**, r.internal/shop/**, true",
        "r.internal/{namespace}/**, r.internal/{namespace}/api, true",
        "r.internal/team-{namespace}/**, r.internal/*-shop/api, true",
        "r.internal/team-{namespace}/**, r.internal/shop/api, false",
        "r.internal/{namespace}/**, r.other/shop/api, false",
        "r.internal/{namespace}/api, r.internal/{namespace}/web, false",
    })
    @DisplayName("overlaps what it matches in some namespace")
    void overlaps(String one, String other, boolean overlaps) {
        assertThat(ImagePattern.parse(one).overlaps(ImagePattern.parse(other))).isEqualTo(overlaps);
        assertThat(ImagePattern.parse(other).overlaps(ImagePattern.parse(one))).isEqualTo(overlaps);
    }

    @Test
    @DisplayName("is refused in a rewrite")
    void rewrites() {
        assertThatThrownBy(() -> ImageRewrite.of("docker.io/{namespace}/**", "m.io/{namespace}/**"))
                .hasMessageContaining("expected no {namespace}");
    }
}
