package io.imagegate.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Bodies of requests. */
public final class Bodies {

    private Bodies() {}

    /** {@return the body that kube-apiserver sent for a pod of one container, byte for byte} */
    public static byte[] recorded() {
        return read("/recorded/image-review/one-container.json");
    }

    /**
     * An AdmissionReview of a pod, 2.5 kB long: the one with which the server warms itself up, in another namespace.
     *
     * @param allowed whether the default policy allows its images
     * @return the body
     */
    public static byte[] podReview(boolean allowed) {
        String text = new String(read("/io/imagegate/server/serve/warm-up/pod.json"), StandardCharsets.UTF_8)
                .strip()
                .replace("NAMESPACE", "default");
        return (allowed ? text.replace("warm-up:latest", "warm-up:1.0.0") : text).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] read(String name) {
        try (InputStream in = Objects.requireNonNull(Bodies.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A body of the recorded shape with more containers, all of them allowed by the default policy.
     *
     * @param containers how many
     * @return the body
     */
    static byte[] imageReview(int containers) {
        List<String> fixed = References.realistic().stream()
                .filter(image -> image.contains(":1.") || image.contains(":v2"))
                .toList();
        String list = IntStream.range(0, containers)
                .mapToObj(i -> "{\"image\":\"" + fixed.get(i % fixed.size()) + "\"}")
                .collect(Collectors.joining(","));
        return ("{\"kind\":\"ImageReview\",\"apiVersion\":\"imagepolicy.k8s.io/v1alpha1\","
                        + "\"metadata\":{\"creationTimestamp\":null},\"spec\":{\"containers\":[" + list
                        + "],\"namespace\":\"default\"},\"status\":{\"allowed\":false}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * A review of a pod to be created, made large as pods are: by environment variables, and by managed fields that list
     * every one of them again.
     *
     * @param bytes about how long
     * @return the body
     */
    static byte[] admissionReview(int bytes) {
        StringBuilder variables = new StringBuilder();
        StringBuilder fields = new StringBuilder();
        for (int i = 0; variables.length() + fields.length() + 900 < bytes; i++) {
            String separator = i == 0 ? "" : ",";
            variables
                    .append(separator)
                    .append("{\"name\":\"SETTING_" + i + "\",\"value\":\"https://service-" + i
                            + ".example.com/path?\\u0026mode=\\\"on\\\"\"}");
            fields.append(separator)
                    .append("\"k:{\\\"name\\\":\\\"SETTING_" + i + "\\\"}\":{\".\":{},\"f:name\":{},\"f:value\":{}}");
        }
        return ("{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\",\"request\":{"
                        + "\"uid\":\"a6d5b1a2-0d0c-4a3b-9f0a-1c2d3e4f5a6b\","
                        + "\"kind\":{\"group\":\"\",\"version\":\"v1\",\"kind\":\"Pod\"},"
                        + "\"resource\":{\"group\":\"\",\"version\":\"v1\",\"resource\":\"pods\"},"
                        + "\"name\":\"shop\",\"namespace\":\"default\",\"operation\":\"CREATE\",\"object\":{"
                        + "\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"shop\","
                        + "\"managedFields\":[{\"manager\":\"kubectl\",\"operation\":\"Update\",\"fieldsV1\":{"
                        + "\"f:spec\":{\"f:containers\":{\"f:env\":{" + fields + "}}}}}]},"
                        + "\"spec\":{\"containers\":[{\"name\":\"shop\",\"env\":[" + variables
                        + "],\"image\":\"nginx:1.17.1\"}]}},\"oldObject\":null,\"dryRun\":false}}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
