package io.imagegate.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.input.Input;
import io.imagegate.input.InputException;
import io.imagegate.input.InputFile;
import io.imagegate.input.InputListener;
import io.imagegate.input.InputObject;
import io.imagegate.kubernetes.KindsWithoutImages;
import io.imagegate.kubernetes.ObjectKind;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.rule.Rules;
import io.imagegate.text.ResourceLines;
import io.imagegate.webhook.PolicyWebhook;
import io.imagegate.workload.Workload;
import io.imagegate.workload.Workloads;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Objects of files that are judged as a webhook judges them. */
class AsWebhookTest {

    private static final PolicySet POLICIES = PolicySet.of(Policy.builder("p")
            .rule("ours", Rules.allow("ours/*"))
            .ignoreKind("*.ignored.example")
            .build());
    private static final InputSettings AS_WEBHOOK =
            InputSettings.of(POLICIES.workloads()).withAsWebhook(true);
    private static final PolicyWebhook WEBHOOK = PolicyWebhook.of(() -> POLICIES);

    /** What objects have besides kind and metadata. */
    private static final List<String> BODIES = List.of(
            "\"spec\":{}",
            "\"data\":{\"a\":\"b\"}",
            "\"spec\":{\"verifyImages\":true,\"imageLimit\":3}",
            "\"spec\":{\"image\":\"ours/a:1\"}",
            "\"spec\":{\"imageName\":\"evil\",\"repository\":\"r\",\"tag\":\"t\"}",
            "\"spec\":{\"imageFeatures\":\"layering\"}",
            "\"spec\":{\"containers\":[{\"name\":\"a\",\"image\":\"ours/a:1\"}]}",
            "\"spec\":{\"containers\":[{\"name\":\"a\"}]}",
            "\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"a\",\"image\":\"ours/a:1\"}]}}}",
            "\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"a\",\"image\":\"evil\"}]}}}",
            "\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"a\"},{\"name\":\"b\",\"image\":\"ours/b:1\"}]}}}",
            "\"spec\":{\"jobTemplate\":{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"a\"}]}}}}}",
            "\"spec\":{\"values\":{\"image\":{\"repository\":\"ours/a\",\"tag\":\"1\"}}}",
            "\"spec\":{\"values\":{\"image\":{\"repository\":\"ours/a\"}}}",
            "\"spec\":{\"values\":{\"imageName\":[\"x\"],\"image\":{\"repository\":\"ours/a\",\"tag\":\"1\"}}}",
            "\"spec\":{\"values\":{\"gitImages\":{\"features\":[\"a\"]}}}",
            "\"spec\":{\"values\":{\"image\":{\"registry\":\"quay.io\"}}}");

    static List<ObjectKind> kinds() {
        List<String> kinds = new ArrayList<>(List.of(
                "Widget.example.com",
                "Widget.ignored.example",
                "Deploymnet.apps",
                "CustomResourceDefinition.apiextensions.k8s.io",
                "Kustomization.kustomize.toolkit.fluxcd.io",
                "Application.argoproj.io",
                "HelmChart.helm.cattle.io",
                "Scale.autoscaling"));
        Workloads.wellKnown().all().stream().map(Workload::kind).forEach(kinds::add);
        ResourceLines.read(KindsWithoutImages.class.getResourceAsStream("kinds-without-images.txt")).stream()
                .map(line -> line.substring(0, line.indexOf(' ')).replace("*", "Any"))
                .forEach(kinds::add);
        return kinds.stream().distinct().map(ObjectKind::parse).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    @DisplayName("an object is judged as the webhook judges the review of its creation")
    void alike(ObjectKind kind) throws Exception {
        for (String body : BODIES) {
            String object = object(kind, body);
            Decision decision = decide(Inputs.of(AS_WEBHOOK), object);
            String answer = answer(kind, object);
            assertThat(answer.contains("\"allowed\":true"))
                    .as(object + decision)
                    .isEqualTo(decision.allowed());
            if (!decision.allowed()) {
                assertThat(answer)
                        .as(object)
                        .contains(decision.reason().replace("\\", "\\\\").replace("\"", "\\\""));
            }
        }
    }

    @Test
    @DisplayName("a file lets pass what only sounds like an image, which the webhook denies")
    void filesLetPass() throws Exception {
        for (String object : List.of(
                object(ObjectKind.parse("ConfigMap"), "\"data\":{}"),
                object(ObjectKind.parse("Widget.example.com"), "\"spec\":{\"size\":1}"),
                object(ObjectKind.parse("Deployment.apps"), BODIES.get(10)),
                object(ObjectKind.parse("HelmRelease.helm.toolkit.fluxcd.io"), BODIES.get(15)))) {
            assertThat(decide(Inputs.of(POLICIES.workloads()), object).allowed())
                    .as(object)
                    .isTrue();
            assertThat(decide(Inputs.of(AS_WEBHOOK), object).allowed())
                    .as(object)
                    .isFalse();
        }
    }

    private static String object(ObjectKind kind, String body) {
        String version = kind.group().isEmpty() ? "v1" : kind.group() + "/v1";
        return "{\"apiVersion\":\"" + version + "\",\"kind\":\"" + kind.kind()
                + "\",\"metadata\":{\"name\":\"o\",\"namespace\":\"default\"}," + body + "}";
    }

    private static Decision decide(List<Input> inputs, String object) throws Exception {
        List<InputObject> found = new ArrayList<>();
        InputFile file = InputFile.stream("input", () -> new ByteArrayInputStream(object.getBytes(UTF_8)));
        inputs.get(inputs.size() - 1).read(file, new InputListener() {
            @Override
            public void object(InputObject one) {
                found.add(one);
            }

            @Override
            public void problem(InputException problem) {
                throw new AssertionError(problem);
            }
        });
        assertThat(found).hasSize(1);
        return found.get(0).decide(ImageGate.of(POLICIES), "default");
    }

    private static String answer(ObjectKind kind, String object) {
        String review =
                "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\",\"request\":{\"uid\":\"u\","
                        + "\"kind\":{\"group\":\"" + kind.group() + "\",\"version\":\"v1\",\"kind\":\"" + kind.kind()
                        + "\"},\"operation\":\"CREATE\",\"name\":\"o\",\"namespace\":\"default\",\"object\":" + object
                        + "}}";
        byte[] body = review.getBytes(UTF_8);
        return new String(WEBHOOK.review("/validate", body, body.length).body(), UTF_8);
    }
}
