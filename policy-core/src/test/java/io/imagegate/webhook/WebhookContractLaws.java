package io.imagegate.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reviews that nobody wrote down are decided by every adapter as {@link PolicyWebhook} decides them. */
abstract class WebhookContractLaws extends WebhookContractMishaps {

    private static final int REVIEWS = 200;
    private static final List<String> NAMES = List.of(
            "nginx",
            "acme/api",
            "ghcr.io/acme/web",
            "GHCR.io:443/acme/web",
            "localhost:5000/x",
            "foo_bar.com/x",
            "Nginx",
            "\\u955c\\u50cf",
            "镜像",
            "a b",
            "");
    private static final List<String> VERSIONS = List.of(
            ":1.17.1",
            ":1",
            ":v2",
            ":1.0-rc",
            "@sha256:" + "0".repeat(64),
            ":1@sha256:" + "a".repeat(64),
            ":latest",
            ":utf8",
            "");

    @Test
    void generatedReviewsAreDecidedAlike() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        HttpClient client = client();
        int allowed = 0;
        for (int i = 0; i < REVIEWS; i++) {
            byte[] body = (random.nextBoolean() ? imageReview(random) : admissionReview(random)).getBytes(UTF_8);
            HttpResponse<byte[]> answer = client.send(
                    request("/image_policy")
                            .POST(BodyPublishers.ofByteArray(body))
                            .build(),
                    BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(text(answer))
                    .as("seed " + seed + ": " + new String(body, UTF_8))
                    .isEqualTo(answerOfCore(body));
            allowed += text(answer).contains("\"allowed\":true") ? 1 : 0;
        }
        assertThat(allowed).as("seed " + seed).isBetween(REVIEWS / 20, REVIEWS - REVIEWS / 20);
    }

    @Test
    void patchesUnderOnePathAlone() throws Exception {
        String body = "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\",\"request\":{\"uid\":\"u\","
                + "\"kind\":{\"version\":\"v1\",\"kind\":\"Pod\"},\"operation\":\"CREATE\",\"object\":{\"spec\":{"
                + "\"containers\":[{\"name\":\"a\",\"image\":\"old.example/a:1\"}]}}}}";
        String patch = "[{\"op\":\"test\",\"path\":\"/spec/containers/0/image\",\"value\":\"old.example/a:1\"},"
                + "{\"op\":\"replace\",\"path\":\"/spec/containers/0/image\",\"value\":\"new.example/a:1\"}]";
        assertThat(text(send(
                        request("/mutate").POST(BodyPublishers.ofString(body)).build(), 200)))
                .endsWith("\"patchType\":\"JSONPatch\",\"patch\":\""
                        + Base64.getEncoder().encodeToString(patch.getBytes(UTF_8)) + "\"}}");
        assertThat(text(send(
                        request("/validate").POST(BodyPublishers.ofString(body)).build(), 200)))
                .contains("\"allowed\":true")
                .doesNotContain("patch");
    }

    private static String imageReview(Random random) {
        return "{\"kind\":\"ImageReview\",\"apiVersion\":\"imagepolicy.k8s.io/v1alpha1\",\"spec\":{\"containers\":"
                + containers(random) + ",\"namespace\":\"default\"}}";
    }

    private static String admissionReview(Random random) {
        return "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\",\"request\":{\"uid\":\"u\","
                + "\"kind\":{\"version\":\"v1\",\"kind\":\"Pod\"},\"operation\":\"CREATE\",\"namespace\":\"default\","
                + "\"object\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"spec\":{\"containers\":" + containers(random)
                + "}}}}";
    }

    /** Mostly one or two: of many, one would always be denied. */
    private static String containers(Random random) {
        return Stream.generate(() -> "{\"image\":\"" + any(NAMES, random) + any(VERSIONS, random) + "\"}")
                .limit(1 + random.nextInt(1 + random.nextInt(4)))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String any(List<String> texts, Random random) {
        return texts.get(random.nextInt(texts.size()));
    }

    static String answerOfCore(byte[] body) {
        PolicyWebhook webhook = PolicyWebhook.of(WebhookContract::policies);
        return new String(webhook.review("/validate", body, body.length).body(), UTF_8);
    }
}
