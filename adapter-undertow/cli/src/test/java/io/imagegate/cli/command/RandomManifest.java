package io.imagegate.cli.command;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes objects as people and programs write them, and such as nobody would: right, misspelled, nested in lists. */
final class RandomManifest {

    private static final List<String> IMAGES = List.of(
            "nginx",
            "nginx:1.27",
            "ghcr.io/acme/api:v1.2.3-rc.1",
            "registry:5000/a/b",
            "localhost/x_y/z",
            "1.5",
            "yes",
            "null",
            "~",
            "012",
            "2001-01-01",
            "1:20",
            "",
            "a b",
            "Upper/Case",
            "é",
            "x\ty",
            "# no comment",
            "{{ .Values.image }}",
            "a: b",
            "'quoted'",
            "back\\slash");
    private static final List<String> LISTS = List.of("containers", "initContainers", "ephemeralContainers");
    /** Kind, where its pod specification is, and API versions, of which the first is right. */
    private static final List<List<String>> WORKLOADS = List.of(
            List.of("Pod", "spec", "v1", ""),
            List.of("PodTemplate", "template.spec", "v1", ""),
            List.of("ReplicationController", "spec.template.spec", "v1", ""),
            List.of("Deployment", "spec.template.spec", "apps/v1", "apps/v1beta2", "extensions/v1beta1", "", "apps"),
            List.of("StatefulSet", "spec.template.spec", "apps/v1", "apps/v7", ""),
            List.of("DaemonSet", "spec.template.spec", "apps/v1", "v1", ""),
            List.of("ReplicaSet", "spec.template.spec", "apps/v1", ""),
            List.of("Job", "spec.template.spec", "batch/v1", "batch/v1beta1", ""),
            List.of("CronJob", "spec.jobTemplate.spec.template.spec", "batch/v1", "batch/v1beta1", ""));

    private static final List<List<String>> OTHERS = List.of(
            List.of("ConfigMap", "data", "v1"),
            List.of("Service", "spec", "v1"),
            List.of("ServiceMonitor", "spec", "monitoring.coreos.com/v1"),
            List.of("Deploymnet", "spec.template.spec", "apps/v1"),
            List.of("SparkApplication", "spec", "sparkoperator.k8s.io/v1beta2"));

    private final Random random;
    private final String prefix;
    private int objects;

    RandomManifest(Random random, String prefix) {
        this.random = random;
        this.prefix = prefix;
    }

    /** Where a kind has its pod specification, or null for one that is no workload. */
    static String[] path(String kind) {
        return WORKLOADS.stream()
                .filter(workload -> workload.get(0).equals(kind))
                .map(workload -> workload.get(1).split("\\.", -1))
                .findFirst()
                .orElse(new String[0]);
    }

    /** An object, or a list of some. */
    Map<String, Object> document() {
        if (random.nextInt(4) > 0) {
            return object(true);
        }
        String kind = any(List.of("List", "PodList", "DeploymentList", "Foo", "ConfigMap"));
        List<Object> items = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            Map<String, Object> item = object(random.nextBoolean());
            item.putIfAbsent("apiVersion", "v1"); // kubectl refuses an item that has only one of the two
            items.add(item);
        }
        if (kind.equals("PodList") || kind.equals("DeploymentList")) {
            items.add(listed(kind.substring(0, kind.length() - "List".length())));
        }
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("apiVersion", kind.equals("DeploymentList") ? "apps/v1" : kind.equals("Foo") ? "x.example/v1" : "v1");
        list.put("kind", kind);
        list.put("metadata", new LinkedHashMap<>(Map.of("name", prefix + "-list")));
        list.put("items", items);
        // Items without a kind of their own take that of their list, which must have come before.
        return kind.endsWith("List") ? list : shuffled(list);
    }

    private Map<String, Object> listed(String kind) {
        Map<String, Object> item = workload(List.of(kind, String.join(".", path(kind)), ""));
        item.remove("kind");
        item.remove("apiVersion");
        return item;
    }

    private Map<String, Object> object(boolean any) {
        if (any && random.nextInt(4) == 0) {
            return shuffled(other(any(OTHERS)));
        }
        return shuffled(workload(any(WORKLOADS)));
    }

    private Map<String, Object> workload(List<String> kind) {
        Map<String, Object> object = head(kind);
        Map<String, Object> spec = new LinkedHashMap<>();
        for (String list : LISTS) {
            if (list.equals("containers") || random.nextInt(3) == 0) {
                spec.put(list, random.nextInt(12) == 0 ? null : containers());
            }
        }
        if (random.nextInt(4) == 0) {
            spec.put("volumes", volumes());
        }
        spec.put("restartPolicy", "Always");
        nest(object, kind.get(1), shuffled(spec));
        return object;
    }

    private Map<String, Object> other(List<String> kind) {
        Map<String, Object> object = head(kind);
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("text", "kind: Pod\n---\nspec:\n  containers:\n  - image: not-here\n");
        content.put("items", List.of("a", Map.of("kind", "Pod")));
        if (random.nextBoolean()) {
            content.put("containers", containers());
        }
        nest(object, kind.get(1), shuffled(content));
        return object;
    }

    private Map<String, Object> head(List<String> kind) {
        Map<String, Object> object = new LinkedHashMap<>();
        String version = random.nextInt(3) > 0 ? kind.get(2) : any(kind.subList(2, kind.size()));
        if (!version.isEmpty()) {
            object.put("apiVersion", version);
        }
        object.put("kind", kind.get(0));
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", prefix + "-" + objects++);
        if (random.nextInt(3) == 0) {
            metadata.put("namespace", "shop");
        }
        if (random.nextInt(3) == 0) {
            metadata.put("labels", Map.of("image", "not-this"));
        }
        object.put("metadata", shuffled(metadata));
        if (random.nextInt(5) == 0) {
            object.put("Items", List.of(Map.of("image", "not-this-either")));
            object.put("status", Map.of("containers", List.of(Map.of("image", "nor-this"))));
        }
        return object;
    }

    private List<Object> containers() {
        List<Object> containers = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            Map<String, Object> container = new LinkedHashMap<>();
            container.put("name", "c" + i);
            if (random.nextInt(10) > 0) {
                container.put("image", random.nextInt(20) == 0 ? null : any(IMAGES));
            }
            container.put("args", List.of("image: x", "- image: y"));
            containers.add(shuffled(container));
        }
        return containers;
    }

    private List<Object> volumes() {
        List<Object> volumes = new ArrayList<>();
        volumes.add(ordered("name", "v", "image", ordered("reference", any(IMAGES), "pullPolicy", "Always")));
        volumes.add(ordered("name", "w", "emptyDir", Map.of()));
        return volumes;
    }

    /** Two fields, whose order a seed tells; that of {@code Map.of} is another one in each run. */
    private static Map<String, Object> ordered(String first, Object value, String second, Object other) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(first, value);
        map.put(second, other);
        return map;
    }

    private static void nest(Map<String, Object> object, String path, Object value) {
        Map<String, Object> at = object;
        String[] steps = path.split("\\.", -1);
        for (int i = 0; i < steps.length - 1; i++) {
            Map<String, Object> below = new LinkedHashMap<>();
            at.put(steps[i], below);
            at = below;
        }
        at.put(steps[steps.length - 1], value);
    }

    private Map<String, Object> shuffled(Map<String, Object> map) {
        if (random.nextBoolean()) {
            return map;
        }
        List<String> keys = new ArrayList<>(map.keySet());
        Collections.shuffle(keys, random);
        Map<String, Object> shuffled = new LinkedHashMap<>();
        keys.forEach(key -> shuffled.put(key, map.get(key)));
        return shuffled;
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
