package io.imagegate.webhook;

import static io.imagegate.webhook.MutatingClient.ALL_KINDS;
import static io.imagegate.webhook.MutatingClient.MUTATION;
import static io.imagegate.webhook.MutatingClient.allowed;
import static io.imagegate.webhook.MutatingClient.object;
import static io.imagegate.webhook.MutatingClient.patch;
import static io.imagegate.webhook.MutatingClient.patched;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.policy.Policy;
import io.imagegate.reference.Digest;
import io.imagegate.reference.PatternSet;
import io.imagegate.reference.ReferenceArbitraries;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Rules;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** Laws of the mutating webhook, for pods and workloads whose every text may be hostile. */
class MutationLawsTest {

    private static final List<String> LISTS = List.of("containers", "initContainers", "ephemeralContainers", "volumes");

    /** A container or a volume with an image, in one of the lists. */
    record Written(String list, String name, String image) {}

    private final MutatingClient client = new MutatingClient(Policy.builder("laws")
            .rule("fixed-tag", Rules.fixedTag())
            // Most digests, so that the facts of a pinned image decide like those that it was pinned with.
            .rule("content", image -> Finding.of(image.facts().digest(), MutationLawsTest::isAccepted))
            .rule("not-there", Rules.deny("docker.io/team-evil/**", "mirror.internal/hub/team-evil/**"))
            .mutation(MUTATION.withKinds(ALL_KINDS).withPin(PatternSet.of("**")))
            .build());

    @Property(tries = 500)
    void patchedObjectDiffersInImagesAlone(@ForAll("reviews") String review) {
        JsonObject response = client.mutate(review);
        Statistics.collect(allowed(response), !patch(response).isEmpty());
        if (!patch(response).isEmpty()) {
            assertThat(allowed(response)).isTrue();
            assertThat(withoutImages(object(patched(review, response)))).isEqualTo(withoutImages(object(review)));
        }
    }

    @Property(tries = 500)
    void patchingTwiceIsPatchingOnce(@ForAll("reviews") String review) {
        JsonObject response = client.mutate(review);
        if (!patch(response).isEmpty()) {
            JsonObject again = client.mutate(patched(review, response));
            assertThat(allowed(again)).isTrue();
            assertThat(patch(again)).isEmpty();
        }
    }

    @Property(tries = 500)
    void whatWasAllowedWithItsPatchIsValid(@ForAll("reviews") String review) {
        JsonObject response = client.mutate(review);
        Statistics.collect(allowed(response));
        if (allowed(response)) {
            assertThat(allowed(client.validate(patched(review, response)))).isTrue();
        }
    }

    private static Finding isAccepted(Digest digest) {
        return Character.digit(digest.toString().charAt(digest.toString().length() - 1), 16) % 8 != 0
                ? Finding.satisfied()
                : Finding.violation("its digest ends in 0 or 8");
    }

    private static JsonObject withoutImages(JsonObject object) {
        String spec = object.getJsonObject("spec").containsKey("template") ? "/spec/template/spec/" : "/spec/";
        JsonObject rest = object;
        for (String list : LISTS) {
            int size = object.getValue(spec + list).asJsonArray().size();
            for (int i = 0; i < size; i++) {
                String pointer = spec + list + "/" + i + (list.equals("volumes") ? "/image/reference" : "/image");
                rest = Json.createPointer(pointer).replace(rest, Json.createValue("IMAGE"));
            }
        }
        return rest;
    }

    @Provide
    Arbitrary<String> reviews() {
        Arbitrary<String> texts = Arbitraries.of(
                "web",
                "",
                "a/b",
                "a~1b",
                "~0",
                "image",
                "\"},{\"image\":\"nginx\"",
                "/spec/containers/0/image",
                "{image}",
                "$1",
                "nginx:1",
                "\u0000",
                "\ud83d\ude00",
                "spec.containers[0]");
        Arbitrary<String> images = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(
                        12, ReferenceArbitraries.wellFormed().map(image -> image.contains(":") ? image : image + ":1")),
                net.jqwik.api.Tuple.of(1, ReferenceArbitraries.nearlyWellFormed()),
                net.jqwik.api.Tuple.of(
                        1, Arbitraries.of("{image}", "$trusted", "nginx:{tag}", "", "nginx:1 ", "~1:1")));
        Arbitrary<List<Written>> written = Combinators.combine(Arbitraries.of(LISTS), texts, images)
                .as(Written::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
        Arbitrary<Map<String, String>> annotations =
                Arbitraries.maps(texts, texts).ofMaxSize(3);
        return Combinators.combine(
                        Arbitraries.of("CREATE", "UPDATE"),
                        Arbitraries.of("Pod", "Deployment"),
                        written,
                        written,
                        annotations)
                .as(MutationLawsTest::review);
    }

    private static String review(
            String operation, String kind, List<Written> images, List<Written> old, Map<String, String> annotations) {
        JsonObjectBuilder request = Json.createObjectBuilder()
                .add("uid", "u")
                .add("operation", operation)
                .add("namespace", "prod")
                .add(
                        "kind",
                        Json.createObjectBuilder()
                                .add("group", kind.equals("Pod") ? "" : "apps")
                                .add("kind", kind))
                .add("object", workload(kind, images, annotations));
        if (operation.equals("UPDATE")) {
            request.add("oldObject", workload(kind, old, annotations));
        }
        return Json.createObjectBuilder()
                .add("kind", "AdmissionReview")
                .add("apiVersion", "admission.k8s.io/v1")
                .add("request", request)
                .build()
                .toString();
    }

    private static JsonObject workload(String kind, List<Written> images, Map<String, String> annotations) {
        JsonObjectBuilder spec = Json.createObjectBuilder();
        for (String list : LISTS) {
            JsonArrayBuilder array = Json.createArrayBuilder();
            images.stream().filter(image -> image.list().equals(list)).forEach(image -> array.add(element(image)));
            spec.add(list, array);
        }
        JsonObjectBuilder notes = Json.createObjectBuilder();
        annotations.forEach(notes::add);
        JsonObjectBuilder object = Json.createObjectBuilder()
                .add("metadata", Json.createObjectBuilder().add("annotations", notes))
                .add("image", "nginx:1");
        return kind.equals("Pod")
                ? object.add("spec", spec).build()
                : object.add(
                                "spec",
                                Json.createObjectBuilder()
                                        .add(
                                                "template",
                                                Json.createObjectBuilder().add("spec", spec)))
                        .build();
    }

    private static JsonObjectBuilder element(Written written) {
        JsonObjectBuilder element = Json.createObjectBuilder().add("name", written.name());
        return written.list().equals("volumes")
                ? element.add("image", Json.createObjectBuilder().add("reference", written.image()))
                : element.add("image", written.image())
                        .add("args", Json.createArrayBuilder().add(written.image()));
    }
}
