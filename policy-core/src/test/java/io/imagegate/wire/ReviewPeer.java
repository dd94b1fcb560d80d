package io.imagegate.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A second reader of reviews, which has the whole tree and walks it, by kind. Written
 * from the API's documentation, not from the first reader. What has the wrong shape is a {@link ClassCastException}.
 */
final class ReviewPeer {

    private static final Map<String, List<String>> PATHS = Map.ofEntries(
            Map.entry("Pod", List.of("spec")),
            Map.entry("PodTemplate", List.of("template", "spec")),
            Map.entry("ReplicationController", List.of("spec", "template", "spec")),
            Map.entry("ReplicaSet.apps", List.of("spec", "template", "spec")),
            Map.entry("Deployment.apps", List.of("spec", "template", "spec")),
            Map.entry("StatefulSet.apps", List.of("spec", "template", "spec")),
            Map.entry("DaemonSet.apps", List.of("spec", "template", "spec")),
            Map.entry("Job.batch", List.of("spec", "template", "spec")),
            Map.entry("CronJob.batch", List.of("spec", "jobTemplate", "spec", "template", "spec")));

    private ReviewPeer() {}

    /** What is asked, as a text. */
    static String request(Object tree) {
        Map<?, ?> root = (Map<?, ?>) tree;
        String kind = text(root, "kind");
        String version = text(root, "apiVersion");
        return switch (kind) {
            case "", "ImageReview" -> {
                require(version.isEmpty() || version.equals("imagepolicy.k8s.io/v1alpha1"));
                yield imageReview(object(root, "spec"));
            }
            case "AdmissionReview" -> {
                require(version.isEmpty() || version.equals("admission.k8s.io/v1"));
                yield admission(object(root, "request"));
            }
            default -> throw new ClassCastException();
        };
    }

    private static String imageReview(Map<?, ?> spec) {
        List<String> images = new ArrayList<>();
        for (Object container : array(spec, "containers")) {
            images.add("containers[" + images.size() + "]=" + text(orEmpty(container), "image"));
        }
        // What no namespace can be named says nothing.
        String namespace = text(spec, "namespace");
        String known = namespace.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?") ? namespace : "";
        return known + annotations(spec) + images;
    }

    private static String admission(Map<?, ?> request) {
        require(!text(request, "uid").isEmpty());
        Map<?, ?> kind = object(request, "kind");
        String group = text(kind, "group");
        String name = text(kind, "kind") + (group.isEmpty() ? "" : "." + group);
        text(kind, "version");
        Object dryRun = request.get("dryRun");
        return String.join("|", text(request, "uid"), text(request, "operation"), text(request, "subResource"))
                + "|" + text(request, "namespace") + "|" + text(request, "name")
                + "|" + text(object(request, "userInfo"), "username") + "|" + groups(request) + name
                + "|" + (dryRun != null && (Boolean) dryRun)
                + object(request.get("object"), name)
                + object(request.get("oldObject"), name);
    }

    private static String object(@Nullable Object value, String kind) {
        if (value == null) {
            return " none";
        }
        Map<?, ?> object = (Map<?, ?>) value;
        Map<?, ?> metadata = object(object, "metadata");
        for (String field : List.of("name", "generateName", "namespace")) {
            text(metadata, field);
        }
        text(object, "kind");
        text(object, "apiVersion");
        return " " + annotations(metadata) + labels(object, metadata, kind)
                + !text(metadata, "deletionTimestamp").isEmpty() + images(object, kind);
    }

    private static List<String> images(Map<?, ?> object, String kind) {
        List<String> steps = PATHS.getOrDefault(kind, List.of());
        Map<?, ?> spec = object;
        for (String step : steps) {
            spec = object(spec, step);
        }
        List<String> images = new ArrayList<>();
        if (!steps.isEmpty()) {
            // In the order of the text, in which the fields of a tree are kept.
            for (Object list : spec.keySet()) {
                add(spec, (String) list, String.join(".", steps) + "." + list, images);
            }
        }
        return images;
    }

    private static void add(Map<?, ?> spec, String list, String path, List<String> images) {
        if (!List.of("containers", "initContainers", "ephemeralContainers", "volumes")
                .contains(list)) {
            return;
        }
        int index = 0;
        for (Object element : array(spec, list)) {
            Map<?, ?> item = orEmpty(element);
            text(item, "name");
            String place = path + "[" + index++ + "]=";
            if (!list.equals("volumes")) {
                images.add(place + text(item, "image"));
            } else if (item.get("image") != null) {
                images.add(place + text(object(item, "image"), "reference"));
            }
        }
    }

    private static String groups(Map<?, ?> request) {
        Map<?, ?> user = object(request, "userInfo");
        Object groups = user.get("groups");
        if (groups == null) {
            return text(user, "username").isEmpty() ? "null" : "[]";
        }
        return groups instanceof List<?> all && all.stream().allMatch(String.class::isInstance)
                ? all.toString()
                : "null";
    }

    /** Those of the pods. The metadata of a template may have any shape. */
    private static @Nullable Map<String, String> labels(Map<?, ?> object, Map<?, ?> metadata, String kind) {
        Map<String, String> own = labels(metadata);
        List<String> steps = PATHS.getOrDefault(kind, List.of());
        if (steps.size() < 2) {
            return own;
        }
        Map<?, ?> template = object;
        for (String step : steps.subList(0, steps.size() - 1)) {
            template = object(template, step);
        }
        return template.get("metadata") instanceof Map<?, ?> some ? labels(some) : Map.of();
    }

    private static @Nullable Map<String, String> labels(Map<?, ?> owner) {
        return owner.get("labels") == null
                ? Map.of()
                : owner.get("labels") instanceof Map<?, ?> labels
                                && labels.values().stream().allMatch(v -> v == null || v instanceof String)
                        ? texts(labels)
                        : null;
    }

    private static Map<String, String> annotations(Map<?, ?> owner) {
        return texts(object(owner, "annotations"));
    }

    private static Map<String, String> texts(Map<?, ?> object) {
        Map<String, String> texts = new TreeMap<>();
        object.keySet().forEach(key -> texts.put((String) key, text(object, (String) key)));
        return texts;
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new ClassCastException();
        }
    }

    private static String text(Map<?, ?> object, String field) {
        String text = (String) object.get(field);
        return text == null ? "" : text;
    }

    private static Map<?, ?> object(Map<?, ?> owner, String field) {
        return orEmpty(owner.get(field));
    }

    private static Map<?, ?> orEmpty(@Nullable Object value) {
        return value == null ? Map.of() : (Map<?, ?>) value;
    }

    private static List<?> array(Map<?, ?> owner, String field) {
        List<?> array = (List<?>) owner.get(field);
        return array == null ? List.of() : array;
    }
}
