package io.imagegate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.reference.ImageReference;
import io.imagegate.reference.ImageRewrite;
import io.imagegate.reference.PatternSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first rewrite that matches an image is applied, however many there are. */
class MutationTest {

    private static final PatternSet GHCR = PatternSet.of("ghcr.io/**");
    private static final Mutation PINNING = Mutation.pinning(GHCR);

    private static final Mutation MUTATION = Mutation.rewriting(List.of(
            ImageRewrite.of("docker.io/library/nginx", "a.internal/nginx"),
            ImageRewrite.of("docker.io/library/*", "b.internal/*"),
            ImageRewrite.of("docker.io/library/*", "c.internal/*"),
            ImageRewrite.of("docker.io/**", "d.internal/**"),
            ImageRewrite.of("docker.io/library/redis", "e.internal/redis"),
            ImageRewrite.of("quay.io/*/tool", "f.internal/*/tool")));

    @ParameterizedTest
    @CsvSource({
        "nginx:1, a.internal/nginx:1",
        "index.docker.io/library/redis, b.internal/redis",
        "acme/redis:2, d.internal/acme/redis:2",
        "quay.io/acme/tool, f.internal/acme/tool",
        "quay.io/acme/tools,",
        "ghcr.io/library/nginx,"
    })
    @DisplayName("an image gets the name of the first rewrite that matches it")
    void firstWins(String image, String expected) {
        ImageReference reference = ImageReference.parse(image);
        assertThat(MUTATION.rewrite(reference)).isEqualTo(Optional.ofNullable(expected));
        assertThat(MUTATION.rewrites().stream()
                        .flatMap(rewrite -> rewrite.apply(reference).stream())
                        .findFirst())
                .isEqualTo(Optional.ofNullable(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "ghcr.io/acme/web:1, true",
        "ghcr.io/acme/web@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, false",
        "quay.io/acme/web:1, false"
    })
    @DisplayName("an image of the patterns without a digest must get one")
    void pins(String image, boolean expected) {
        ImageReference reference = ImageReference.parse(image);
        assertThat(PINNING.pins(reference)).isEqualTo(expected);
        assertThat(MUTATION.pins(reference)).isFalse();
    }

    @Test
    @DisplayName("every copy keeps the other parts")
    void parts() {
        assertThat(PINNING.kinds()).containsExactly("Pod");
        assertThat(PINNING.patchesPods()).isTrue();
        assertThat(PINNING.pin()).contains(GHCR);
        assertThat(PINNING.rewrites()).isEmpty();
        assertThat(PINNING.onUnavailable()).isEqualTo(Enforcement.DENY);
        List<ImageRewrite> rewrites = List.of(ImageRewrite.of("docker.io/**", "hub.example/**"));
        Mutation full = PINNING.withRewrites(rewrites)
                .withOnUnavailable(Enforcement.WARN)
                .withKinds(List.of("Deployment", "Job.batch", "App.example.org"));
        for (Mutation copy : List.of(full, full.withPin(GHCR), full.withRewrites(rewrites))) {
            assertThat(copy.kinds()).containsExactly("Deployment.apps", "Job.batch", "App.example.org");
            assertThat(copy.patchesPods()).isFalse();
            assertThat(copy.pin()).contains(GHCR);
            assertThat(copy.rewrites()).isEqualTo(rewrites);
            assertThat(copy.onUnavailable()).isEqualTo(Enforcement.WARN);
        }
        assertThat(full)
                .hasToString("Mutation[kinds=[Deployment.apps, Job.batch, App.example.org], rewrites=" + rewrites
                        + ", pin=" + GHCR + ", onUnavailable=WARN]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ReplicaSet | mutated kind \"ReplicaSet\": its owner would create it again for ever, expected Pod or the"
                        + " kind of the owner",
                "ReplicationController | mutated kind \"ReplicationController\": its owner would create it again for ever,"
                        + " expected Pod or the kind of the owner",
                "Deploymnet | mutated kind \"Deploymnet\", expected one of Pod, PodTemplate, Deployment, DaemonSet, StatefulSet, Job, CronJob (did you mean Deployment?)",
                "Deployment.extensions | mutated kind \"Deployment.extensions\", expected one of Pod, PodTemplate, Deployment, DaemonSet, StatefulSet, Job, CronJob"
            })
    @DisplayName("a kind that cannot be patched is refused")
    void kinds(String kind, String message) {
        assertThatThrownBy(() -> PINNING.withKinds(List.of("Pod", kind)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    @DisplayName("no kinds, pins by namespace and rewrites of rewritten names are refused")
    void refused() {
        assertThatThrownBy(() -> PINNING.withKinds(List.of()))
                .hasMessage("mutated kinds: expected at least one, got none");
        assertThatThrownBy(() -> PINNING.withPin(PatternSet.of("ghcr.io/{namespace}/**")))
                .hasMessage("pin: expected no {namespace} in a pattern: an image whose namespace is not told would get"
                        + " no digest");
        assertThatThrownBy(() -> Mutation.rewriting(List.of(
                        ImageRewrite.of("docker.io/**", "hub.example/**"),
                        ImageRewrite.of("hub.example/acme/*", "acme.example/*"))))
                .hasMessage("pattern \"hub.example/**\" would be rewritten again: it overlaps \"hub.example/acme/*\","
                        + " expected a place that no rewrite begins at");
    }
}
