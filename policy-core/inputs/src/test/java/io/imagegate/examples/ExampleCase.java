package io.imagegate.examples;

import io.imagegate.JsonTree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one case of an example asks, as an ImageReview and as an AdmissionReview, and the answers that it expects. A case has an
 * {@code image} or several, which become a pod, or the spec of a {@code pod}, or an {@code object}.
 */
public final class ExampleCase {

    private static final Set<String> KEYS = Set.of(
            "image",
            "pod",
            "object",
            "old",
            "about",
            "namespace",
            "name",
            "labels",
            "annotations",
            "operation",
            "user",
            "groups",
            "at",
            "facts",
            "answer",
            "imageReview",
            "says",
            "becomes",
            "original");

    /** What the page says of a case without words. */
    private static final Set<String> PLAIN = Set.of("image", "namespace", "answer", "imageReview", "says", "original");

    private static final String PROTOCOL_ANNOTATION = ".image-policy.k8s.io/";

    private final Tree tree;

    private ExampleCase(Tree tree) {
        this.tree = tree;
    }

    static ExampleCase of(Map<?, ?> values) {
        Tree tree = new Tree(values, KEYS);
        if (!tree.has("about") && !PLAIN.containsAll(values.keySet())) {
            throw new IllegalArgumentException("about is missing, which says in words what is asked: " + values);
        }
        return new ExampleCase(tree);
    }

    /** {@return what is asked, for people} */
    public String asked() {
        List<String> names = tree.has("image") ? images(tree.list("image")) : List.of();
        String shown = String.join(
                ", ", names.stream().map(image -> "`" + shown(image) + "`").toList());
        String namespace =
                tree.find("namespace").map(name -> " in `" + name + "`").orElse("");
        String about = tree.find("about").orElse("");
        return about.isEmpty() ? shown + namespace : shown.isEmpty() ? about : shown + namespace + ", " + about;
    }

    /** {@return the name of an image, with its digest cut} */
    static String shown(String image) {
        return image.replaceAll("(@sha\\d+:)[0-9a-f]+", "$1…");
    }

    String answer() {
        return tree.text("answer");
    }

    /** {@return the answer to the ImageReview, which tells less} */
    String imageReviewAnswer() {
        return tree.find("imageReview").orElse(answer());
    }

    /** {@return what the policy of another program says, as it was read} */
    String original() {
        return tree.text("original");
    }

    /** {@return a part of the reason or warning} */
    Optional<String> says() {
        return tree.find("says");
    }

    /** {@return the name that the mutating webhook gives the first image} */
    Optional<String> becomes() {
        return tree.find("becomes");
    }

    Instant at() {
        return Instant.parse(tree.find("at").orElse("2026-11-25T12:00:00Z"));
    }

    /** {@return what the registries say, in the words of policy tests} */
    Map<?, ?> facts() {
        return tree.map("facts");
    }

    /** {@return the images that an ImageReview names} */
    List<String> images() {
        Map<?, ?> spec = podSpec(object());
        List<String> ephemeral = containers(spec, "ephemeralContainers");
        if (tree.has("image")) {
            return images(tree.list("image"));
        }
        if (!ephemeral.isEmpty()) {
            return ephemeral;
        }
        List<String> all = new ArrayList<>(containers(spec, "containers"));
        all.addAll(containers(spec, "initContainers"));
        return all;
    }

    private static List<String> images(List<?> list) {
        return list.stream().map(String.class::cast).toList();
    }

    private static List<String> containers(Map<?, ?> spec, String list) {
        return new Tree(spec, keys(spec))
                .list(list).stream()
                        .map(container -> (String) ((Map<?, ?>) container).get("image"))
                        .toList();
    }

    private static Set<String> keys(Map<?, ?> values) {
        return values.keySet().stream().map(String.class::cast).collect(Collectors.toSet());
    }

    /** {@return the spec of the pods of a built-in workload} */
    private static Map<?, ?> podSpec(Map<?, ?> object) {
        Map<?, ?> spec = inside(object, "spec");
        Map<?, ?> template = inside(inside(inside(spec, "jobTemplate"), "spec"), "template");
        Map<?, ?> ofJob = template.isEmpty() ? inside(spec, "template") : template;
        return ofJob.isEmpty() ? spec : inside(ofJob, "spec");
    }

    private static Map<?, ?> inside(Map<?, ?> object, String key) {
        return object.get(key) instanceof Map<?, ?> map ? map : Map.of();
    }

    /** {@return the body that kube-apiserver sends to an image policy webhook} */
    public String imageReview() {
        Map<String, Object> annotations = new LinkedHashMap<>();
        templateAnnotations().forEach((key, value) -> {
            if (((String) key).contains(PROTOCOL_ANNOTATION)) {
                annotations.put((String) key, value);
            }
        });
        List<Map<String, String>> containers =
                images().stream().map(image -> Map.of("image", image)).toList();
        return JsonTree.write(Map.of(
                "kind", "ImageReview",
                "apiVersion", "imagepolicy.k8s.io/v1alpha1",
                "spec", Map.of("containers", containers, "annotations", annotations, "namespace", namespace())));
    }

    private Map<?, ?> templateAnnotations() {
        Map<?, ?> spec = inside(object(), "spec");
        Map<?, ?> template = inside(inside(inside(spec, "jobTemplate"), "spec"), "template");
        Map<?, ?> ofJob = template.isEmpty() ? inside(spec, "template") : template;
        return inside(inside(ofJob.isEmpty() ? object() : ofJob, "metadata"), "annotations");
    }

    /** {@return the body that kube-apiserver sends to an admission webhook} */
    public String admissionReview() {
        Map<?, ?> object = object();
        String version = String.valueOf(object.get("apiVersion"));
        int slash = version.indexOf('/');
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("uid", "a");
        request.put(
                "kind",
                Map.of(
                        "group", slash < 0 ? "" : version.substring(0, slash),
                        "version", version.substring(slash + 1),
                        "kind", object.get("kind")));
        if (!containers(podSpec(object), "ephemeralContainers").isEmpty()) {
            request.put("subResource", "ephemeralcontainers");
        }
        request.put("name", name());
        request.put("namespace", namespace());
        request.put("operation", tree.find("operation").orElse(tree.has("old") ? "UPDATE" : "CREATE"));
        request.put(
                "userInfo",
                Map.of(
                        "username",
                        tree.find("user").orElse("jane@example.com"),
                        "groups",
                        tree.has("groups") ? tree.list("groups") : List.of("system:authenticated")));
        request.put("object", object);
        if (tree.has("old")) {
            request.put("oldObject", old());
        }
        return JsonTree.write(
                Map.of("kind", "AdmissionReview", "apiVersion", "admission.k8s.io/v1", "request", request));
    }

    /** {@return the old object; a list of images is that of an old pod, with the metadata of the new one} */
    private Map<?, ?> old() {
        return tree.values().get("old") instanceof Map<?, ?> object ? object : pod(spec(images(tree.list("old"))));
    }

    private Map<?, ?> object() {
        if (tree.has("object")) {
            return tree.map("object");
        }
        return pod(tree.has("pod") ? tree.map("pod") : spec(images(tree.list("image"))));
    }

    private Map<String, Object> pod(Map<?, ?> spec) {
        return Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Pod",
                "metadata",
                Map.of(
                        "name", name(),
                        "namespace", namespace(),
                        "labels", tree.map("labels"),
                        "annotations", tree.map("annotations")),
                "spec",
                spec);
    }

    /** {@return the spec of a pod with containers {@code web}, {@code web-2} and so on} */
    private static Map<String, Object> spec(List<String> images) {
        List<Map<String, String>> containers = new ArrayList<>();
        for (String image : images) {
            String name = containers.isEmpty() ? "web" : "web-" + (containers.size() + 1);
            containers.add(Map.of("name", name, "image", image));
        }
        return Map.of("containers", containers);
    }

    private String namespace() {
        return tree.find("namespace").orElse("default");
    }

    private String name() {
        return tree.find("name").orElse("web");
    }
}
