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
        String name = "/recorded/image-review/one-container.json";
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
}
