package io.imagegate.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.document.PolicyDocumentException;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.review.ImageReview;
import io.imagegate.webhook.PolicyWebhook;
import io.imagegate.webhook.ReviewLimits;
import io.imagegate.webhook.WebhookKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Settings of a gate")
class GateSettingsTest {

    @TempDir
    private Path folder;

    private final List<String> lines = new ArrayList<>();

    /** Keeps its lines. */
    private final class Lines implements System.Logger {

        @Override
        public String getName() {
            return "test";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String text, @Nullable Throwable thrown) {
            lines.add(level + " " + text);
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String format, @Nullable Object... values) {
            lines.add(level + " " + new MessageFormat(String.valueOf(format), Locale.ROOT).format(values));
        }
    }

    private String policy(String name, String rule) throws IOException {
        return Files.writeString(
                        folder.resolve(name + ".yaml"),
                        "apiVersion: imagegate.io/v1alpha1\nkind: ImagePolicy\nmetadata: {name: " + name
                                + "}\nspec: {rules: [" + rule + "]}\n")
                .toString();
    }

    private static int status(PolicyWebhook webhook, String path) {
        return webhook.receive("POST", path, "application/json")
                .refusal()
                .map(answer -> answer.status())
                .orElse(200);
    }

    @Test
    @DisplayName("without policies have the default policy, in its language")
    void defaults() {
        GateSettings settings =
                GateSettings.builder().language(Locale.SIMPLIFIED_CHINESE).build();
        assertThat(settings.paths()).containsExactly("/image_policy", "/validate", "/mutate");
        assertThat(settings.limits()).isEqualTo(ReviewLimits.DEFAULTS);
        try (LiveGate gate = settings.open(LiveGate.builder().log(new Lines()))) {
            assertThat(gate.decide(ImageReview.of("nginx")).reason())
                    .isEqualTo(Policy.byDefault(Locale.SIMPLIFIED_CHINESE)
                            .decide("nginx")
                            .reason());
            assertThat(lines).isEmpty();
        }
    }

    @Test
    @DisplayName("replace the policies of the builder")
    void policies() {
        GateSettings settings = GateSettings.builder()
                .locations(List.of("builtin:baseline,prod=builtin:restricted"))
                .build();
        PolicySet others = PolicySet.of(Policy.byDefault());
        try (LiveGate gate = settings.open(LiveGate.builder().policies(others).named("dev", "none.yaml"))) {
            assertThat(gate.gates()).extracting(ImageGate::name).containsExactly(ImageGate.DEFAULT_NAME, "prod");
            assertThat(gate.state().location()).isEqualTo("builtin:baseline");
        }
        try (LiveGate gate =
                GateSettings.builder().build().open(LiveGate.builder().named("dev", "none.yaml"))) {
            assertThat(gate.gates()).extracting(ImageGate::name).containsExactly(ImageGate.DEFAULT_NAME);
        }
    }

    @Test
    @DisplayName("open a gate that denies until policies are valid, unless it fails fast; obstacles and log say why")
    void invalidPolicies() throws Exception {
        String good = policy("good", "{name: r, tag: {required: true}}");
        String bad = policy("bad", "{name: r, tags: {required: true}}");
        GateSettingsBuilder settings =
                GateSettings.builder().policies(bad).named("prod", good).named("dev", bad);
        try (LiveGate gate = settings.build().open(LiveGate.builder().log(new Lines()))) {
            GateHealth health = gate.health();
            assertThat(health.isReady()).isFalse();
            assertThat(health.obstacles()).containsExactly("no policy is loaded", "no policy is loaded for dev");
            assertThat(health.details().toString()).contains("did you mean tag?", "location=" + good);
            assertThat(gate.decide(ImageReview.of("nginx:1")).allowed()).isFalse();
        }
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("ERROR rejected policy " + bad + ": " + bad + ":4:");
        assertThat(lines.get(1)).startsWith("INFO loaded policy prod=" + good + ", SHA-256: ");
        assertThat(lines.get(2)).startsWith("ERROR rejected policy dev=" + bad + ": ");
        assertThatThrownBy(() -> settings.failFast(true).build().open(LiveGate.builder()))
                .isInstanceOf(PolicyDocumentException.class);
        try (LiveGate gate = GateSettings.builder().policies(good).build().open(LiveGate.builder())) {
            assertThat(gate.health().isReady()).isTrue();
            assertThat(gate.health().obstacles()).isEmpty();
        }
    }

    @Test
    @DisplayName("refuse probable mistakes if they are strict, and else log them")
    void strict() throws Exception {
        String policy = policy("p", "{name: r, deny: [\"evil.io/*\"]}");
        GateSettingsBuilder settings = GateSettings.builder().policies(policy);
        try (LiveGate usual = settings.build().open(LiveGate.builder().log(new Lines()));
                LiveGate strict = settings.strict(true).build().open(LiveGate.builder())) {
            assertThat(usual.health().isReady()).isTrue();
            assertThat(lines.get(0)).startsWith("WARNING ").contains("write \"evil.io/**\"");
            assertThat(strict.health().isReady()).isFalse();
        }
    }

    @Test
    @DisplayName("say what to do where policies need registries")
    void registries() throws Exception {
        String policy = policy("p", "{name: r, image: {exists: true}}");
        GateSettings settings = GateSettings.builder()
                .policies(policy)
                .withoutRegistries("this needs the setting x")
                .build();
        try (LiveGate gate = settings.open(LiveGate.builder())) {
            assertThat(gate.state().problem().orElseThrow()).hasMessageContaining("this needs the setting x");
        }
    }

    @Test
    @DisplayName("give the webhook their paths, those of policies with a name below")
    void paths() {
        GateSettings settings = GateSettings.builder()
                .path(WebhookKind.MUTATING, "/images/change")
                .path(WebhookKind.VALIDATING, "/images")
                .limits(ReviewLimits.DEFAULTS.withBodyBytes(100))
                .build();
        assertThat(settings.paths()).containsExactly("/images/change", "/images");
        ImageGate gate = ImageGate.of(PolicySet.of(Policy.byDefault()));
        PolicyWebhook webhook =
                settings.webhook(List.of(gate, gate.withName("prod"))).build();
        assertThat(webhook.maxBodyBytes()).isEqualTo(100);
        for (String path : List.of("/images", "/images/change", "/images/prod", "/images/change/prod")) {
            assertThat(status(webhook, path)).as(path).isEqualTo(200);
        }
        assertThat(status(webhook, "/validate")).isEqualTo(404);
    }

    @Test
    @DisplayName("reject each invalid value at once")
    void invalid() {
        GateSettingsBuilder settings = GateSettings.builder();
        for (String path : List.of("", "validate", "/", "/validate/", "//validate", "/../validate", "/a b", "/%61")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> settings.path(WebhookKind.VALIDATING, path))
                    .withMessageStartingWith("\"" + path + "\": expected \"/\" and letters");
        }
        settings.path(WebhookKind.VALIDATING, "/a.b/c");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.path(WebhookKind.MUTATING, "/a.b/c"))
                .withMessage("\"/a.b/c\": expected another path for each property");
        assertThatIllegalArgumentException().isThrownBy(() -> settings.factTimeout(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> settings.waitingBytes(0));
        assertThatIllegalArgumentException().isThrownBy(() -> settings.policies());
        assertThatIllegalArgumentException().isThrownBy(() -> settings.named("Prod", "builtin:baseline"));
        assertThatIllegalArgumentException().isThrownBy(() -> settings.locations(List.of("prod=")));
        assertThat(settings.build().paths()).containsExactly("/a.b/c");
    }
}
