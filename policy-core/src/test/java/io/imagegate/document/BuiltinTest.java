package io.imagegate.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.policy.Decision;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.review.ImageReview;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BuiltinTest {

    private static final PolicySet FIXED_TAGS = new PolicyDocuments().load("builtin:fixed-tags");

    static Stream<PolicyTestResult> results() {
        return PolicyDocuments.builtins().stream()
                .flatMap(location -> new PolicyDocuments().loadTests(location).stream())
                .flatMap(test -> PolicyTestResult.of(test).stream());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("results")
    void passesItsTest(PolicyTestResult result) {
        assertThat(result.failures()).isEmpty();
    }

    @Test
    void eachHasAName() {
        assertThat(PolicyDocuments.builtins())
                .containsExactly("builtin:fixed-tags", "builtin:baseline", "builtin:restricted")
                .allSatisfy(location -> {
                    assertThat(new PolicyDocuments().load(location).policies())
                            .extracting(p -> "builtin:" + p.name())
                            .containsExactly(location);
                    assertThat(PolicyDocuments.builtin(location)).contains("kind: ImagePolicy");
                });
        assertThatThrownBy(() -> PolicyDocuments.builtin("builtin:other")).isInstanceOf(PolicyDocumentException.class);
    }

    @Property
    void fixedTagsIsWhatHoldsByDefault(@ForAll("images") List<String> images) {
        ImageReview review = ImageReview.of(images.toArray(String[]::new)).inNamespace("default");
        Decision byDefault = Policy.byDefault().decide(review);
        Decision builtin = FIXED_TAGS.decide(review);
        assertThat(builtin.allowed()).isEqualTo(byDefault.allowed());
        assertThat(builtin.reason()).isEqualTo(byDefault.reason());
        assertThat(builtin.violations()).hasSameSizeAs(byDefault.violations());
    }

    @Provide
    Arbitrary<List<String>> images() {
        Arbitrary<String> name =
                Arbitraries.of("nginx", "registry:5000/app", "ghcr.io/a/b", "foo_bar.com/x", "A/b", "");
        Arbitrary<String> tag = Arbitraries.of("", ":1", ":latest", ":latest-alpine", ":LATEST", ":", ":-");
        Arbitrary<String> digest = Arbitraries.of("", "@sha256:" + "a".repeat(64), "@sha256:", "@");
        return Combinators.combine(name, tag, digest)
                .as((n, t, d) -> n + t + d)
                .list()
                .ofMaxSize(3);
    }
}
