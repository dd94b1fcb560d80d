package comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes reviews as kube-apiserver sends them, of many kinds, users and images. One in ten has a value of another type. */
final class Reviews {

    private static final List<String> IMAGES = List.of(
            "nginx", "nginx:1.27.3", "redis:7.2", "ghcr.io/acme/api:2.3.0", "ghcr.io/acme/api:2.3.0-rc.1", "ghcr.io/acme/web:1",
            "ghcr.io/acme/pinned/job:3", "ghcr.io/acme/flaky/a:1", "ghcr.io/acme/gone/a:1", "registry.k8s.io/pause:3.9",
            "docker.io/library/busybox:latest", "quay.io/a/b:v1", "localhost:5000/x:dev", "mirror.internal/hub/library/nginx:1.27.3",
            "ghcr.io/acme/api@" + SignatureReaders.DIGEST, "ghcr.io/acme/api:2.3.0@" + SignatureReaders.DIGEST, "Bad Image", "");
    private static final List<String> GOOD = IMAGES.subList(1, 4);
    private static final List<String> NAMESPACES = List.of("default", "prod", "prod-eu", "dev", "kube-system", "");
    private static final List<String> OTHER = List.of("null", "1", "true", "\"x\"", "[]", "{}", "[1]", "{\"a\":1}");
    private static final List<String> ANNOTATIONS = List.of(
            "\"ticket.image-policy.k8s.io/break-glass\":\"INC-42\"", "\"ticket.image-policy.k8s.io/break-glass\":\"no\"",
            "\"kubernetes.io/config.mirror\":\"1\"", "\"team\":\"payments\"", "\"a.image-policy.k8s.io/b\":\"c\"");

    private final Random random = new Random(20261128);

    String next() {
        return random.nextInt(6) == 0 ? imageReview() : admission();
    }

    private String imageReview() {
        List<String> containers = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            containers.add("{\"image\":" + value(text(image())) + "}");
        }
        return "{\"kind\":\"ImageReview\",\"apiVersion\":\"imagepolicy.k8s.io/v1alpha1\",\"spec\":{\"containers\":"
                + value(containers.toString()) + annotations() + ",\"namespace\":" + value(text(pick(NAMESPACES))) + "}}";
    }

    private String admission() {
        String kind = pick(List.of("Pod", "Pod", "Pod", "apps.Deployment", "apps.StatefulSet", "apps.DaemonSet", "apps.ReplicaSet",
                "batch.Job", "batch.CronJob", "PodTemplate", "ReplicationController", "Service", "argoproj.io.Rollout"));
        int dot = kind.lastIndexOf('.');
        String group = kind.substring(0, Math.max(0, dot));
        String name = kind.substring(dot + 1);
        String operation = pick(List.of("CREATE", "CREATE", "CREATE", "UPDATE", "UPDATE", "DELETE", "CONNECT"));
        String podSpec = podSpec();
        String object = object(group, name, podSpec);
        String old = operation.equals("UPDATE")
                ? object(group, name, random.nextInt(3) == 0 ? podSpec() : podSpec)
                : operation.equals("DELETE") ? object : "null";
        return "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\",\"request\":{\"uid\":" + value("\"u-1\"")
                + ",\"kind\":{\"group\":" + text(group) + ",\"version\":\"v1\",\"kind\":" + text(name) + "},\"operation\":"
                + value(text(operation)) + (random.nextInt(9) == 0 ? ",\"subResource\":\"ephemeralcontainers\"" : "")
                + ",\"namespace\":" + value(text(pick(NAMESPACES))) + ",\"name\":\"web\",\"userInfo\":" + value(user())
                + ",\"object\":" + (operation.equals("DELETE") ? "null" : object) + ",\"oldObject\":" + old + ",\"dryRun\":"
                + value(pick(List.of("false", "true"))) + "}}";
    }

    private String user() {
        return "{\"username\":" + value(text(pick(List.of("jane", "system:serviceaccount:kube-system:replicaset-controller"))))
                + ",\"groups\":" + value("[\"sre\",\"system:authenticated\"]") + "}";
    }

    private String object(String group, String kind, String podSpec) {
        String template = "{\"metadata\":" + value(metadata()) + ",\"spec\":" + podSpec + "}";
        String rest = switch (kind) {
            case "Pod" -> "\"spec\":" + podSpec;
            case "PodTemplate" -> "\"template\":" + template;
            case "CronJob" -> "\"spec\":{\"jobTemplate\":{\"spec\":{\"template\":" + template + "}}}";
            case "Service" -> "\"spec\":{\"clusterIP\":\"None\"}";
            default -> "\"spec\":{\"template\":" + template + ",\"replicas\":2}";
        };
        return "{\"kind\":" + text(kind) + ",\"apiVersion\":" + text(group.isEmpty() ? "v1" : group + "/v1") + ",\"metadata\":"
                + value(metadata()) + "," + rest + "}";
    }

    private String metadata() {
        return "{\"name\":\"web\",\"labels\":{\"app\":\"web\"}" + annotations()
                + (random.nextInt(12) == 0 ? ",\"deletionTimestamp\":\"2026-11-27T00:00:00Z\"" : "")
                + (random.nextInt(4) == 0 ? ",\"ownerReferences\":[{\"controller\":true}]" : "") + "}";
    }

    private String annotations() {
        List<String> some = new ArrayList<>(ANNOTATIONS);
        some.removeIf(annotation -> random.nextInt(4) != 0);
        // A name stands once.
        if (some.size() > 1 && some.get(1).startsWith("\"ticket")) {
            some.remove(1);
        }
        return some.isEmpty() ? "" : ",\"annotations\":{" + String.join(",", some) + "}";
    }

    private String podSpec() {
        StringBuilder spec = new StringBuilder("{\"containers\":" + value(containers(1)));
        if (random.nextInt(4) == 0) {
            spec.append(",\"initContainers\":").append(value(containers(0)));
        }
        if (random.nextInt(8) == 0) {
            spec.append(",\"ephemeralContainers\":").append(value(containers(0)));
        }
        if (random.nextInt(8) == 0) {
            spec.append(",\"volumes\":[{\"name\":\"v\",\"image\":{\"reference\":").append(value(text(image()))).append("}}]");
        }
        return spec + "}";
    }

    private String containers(int least) {
        List<String> containers = new ArrayList<>();
        for (int i = least + random.nextInt(2); i > 0; i--) {
            containers.add("{\"name\":\"c" + i + "\",\"image\":" + value(text(image())) + "}");
        }
        return containers.toString();
    }

    private String image() {
        return random.nextInt(3) == 0 ? pick(IMAGES) : pick(GOOD);
    }

    private String value(String usual) {
        return random.nextInt(150) == 0 ? pick(OTHER) : usual;
    }

    private String pick(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static String text(String text) {
        return "\"" + text + "\"";
    }
}
