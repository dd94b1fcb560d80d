package io.imagegate.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.policy.Enforcement;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Mutation;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.reference.ImageRewrite;
import io.imagegate.reference.PatternSet;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Sends reviews to a webhook that rewrites and pins images, and applies its patches with another library. */
final class MutatingClient {

    static final List<String> ALL_KINDS =
            List.of("Pod", "PodTemplate", "Deployment", "DaemonSet", "StatefulSet", "Job", "CronJob");

    static final Mutation MUTATION = Mutation.rewriting(
                    List.of(ImageRewrite.of("docker.io/**", "mirror.internal/hub/**")))
            .withPin(PatternSet.of("mirror.internal/**", "quay.io/**", "localhost:5000/**"));

    /** Finds the digest that {@link #digest} makes of a name, and keeps what it was asked. */
    static final class Digests implements FactSource {

        final List<ImageReference> asked = new ArrayList<>();
        final Map<String, Fact<Digest>> others = new HashMap<>();

        @Override
        public CompletableFuture<Map<ImageReference, ImageFacts>> find(
                Map<ImageReference, Set<Need<?>>> needs, Duration limit) {
            Map<ImageReference, ImageFacts> found = new HashMap<>();
            needs.keySet().forEach(image -> {
                asked.add(image);
                Digest own = image.digest().orElseGet(() -> digest(image.canonical()));
                Fact<Digest> digest = others.getOrDefault(image.canonical(), Fact.known(own));
                found.put(image, ImageFacts.at(Instant.EPOCH).with(Need.DIGEST, digest));
            });
            return CompletableFuture.completedFuture(found);
        }
    }

    final Digests digests = new Digests();
    private final PolicyWebhook webhook;

    MutatingClient(Policy... policies) {
        PolicySet set = PolicySet.of(policies);
        this.webhook = PolicyWebhook.builder(ImageGate.of(() -> set, digests)).build();
    }

    /** {@return a digest that only this name has} */
    static Digest digest(String canonical) {
        return Digest.parse(
                "sha256:" + String.format("%08x", canonical.hashCode()).repeat(8));
    }

    JsonObject mutate(String body) {
        return post("/mutate", body);
    }

    JsonObject validate(String body) {
        return post("/validate", body);
    }

    private JsonObject post(String path, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        Answer answer =
                webhook.reviewAsync(path, "timeout=10s", bytes, bytes.length).join();
        assertThat(answer.status()).isEqualTo(200);
        return read(new String(answer.body(), UTF_8)).getJsonObject("response");
    }

    static JsonObject read(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }

    static boolean allowed(JsonObject response) {
        return response.getBoolean("allowed");
    }

    static String reason(JsonObject response) {
        return response.getJsonObject("status").getString("message");
    }

    /** {@return the patch of a response; empty if it has none} */
    static JsonArray patch(JsonObject response) {
        assertThat(response.containsKey("patch")).isEqualTo(response.containsKey("patchType"));
        if (!response.containsKey("patch")) {
            return JsonArray.EMPTY_JSON_ARRAY;
        }
        assertThat(response.getString("patchType")).isEqualTo("JSONPatch");
        byte[] patch = Base64.getDecoder().decode(response.getString("patch"));
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(patch))) {
            return reader.readArray();
        }
    }

    /** {@return a review with the patch applied to its object} */
    static String patched(String body, JsonObject response) {
        JsonObject review = read(body);
        JsonObject request = review.getJsonObject("request");
        JsonObject object = Json.createPatch(patch(response)).apply(request.getJsonObject("object"));
        JsonObject after =
                Json.createObjectBuilder(request).add("object", object).build();
        return Json.createObjectBuilder(review).add("request", after).build().toString();
    }

    static JsonObject object(String body) {
        return read(body).getJsonObject("request").getJsonObject("object");
    }

    static Policy policy(Mutation mutation) {
        return Policy.builder("mutating")
                .rule("any", image -> io.imagegate.rule.Finding.satisfied())
                .mutation(mutation)
                .build();
    }

    static Mutation onUnavailable(Enforcement effect) {
        return MUTATION.withOnUnavailable(effect);
    }

    /** {@return a review of a pod} */
    static String pod(String operation, String object, String old) {
        return """
                {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"u",
                "kind":{"group":"","version":"v1","kind":"Pod"},"operation":"%s","namespace":"prod",
                "object":%s,"oldObject":%s}}""".formatted(operation, object, old);
    }

    /** {@return a pod with one container} */
    static String object(String metadata, String image) {
        return "{\"metadata\":{%s},\"spec\":{\"containers\":[{\"name\":\"web\",\"image\":\"%s\"}]}}"
                .formatted(metadata, image);
    }
}
