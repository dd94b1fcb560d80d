package io.imagegate.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reviews by which somebody who may create pods would have the server work for long, or keep much. */
enum HostileReview {
    LARGEST_BODY(() -> review("[{\"image\":\"nginx:1\"}]", "{}") + " ".repeat(8_000_000)),
    MOST_CONTAINERS(() -> review(containers(1_000, "quay.io/a/b"), "{}")),
    TOO_MANY_CONTAINERS(() -> review(containers(100_000, "a"), "{}")),
    LONGEST_STRINGS(() -> review(containers(20, "a".repeat(262_144)), "{\"a\":\"" + "b".repeat(262_144) + "\"}")),
    /** Each kept in two bytes a character because of the first. */
    WIDE_STRINGS(() -> review(containers(30, "\\u955c" + "a".repeat(262_000)), "{}")),
    TOO_LONG_A_STRING(() -> review("[{\"image\":\"" + "\\u0061".repeat(1_300_000) + "\"}]", "{}")),
    DEEPEST_NESTING(() -> review("[{\"image\":\"nginx\",\"x\":" + "[".repeat(94) + "]".repeat(94) + "}]", "{}")),
    TOO_DEEP_NESTING(() -> "{\"a\":".repeat(1_000_000)),
    WORST_PATHS(() -> review(containers(1_000, "gcr.io/" + "a/".repeat(120) + "a"), "{}")),
    WORST_SEGMENTS(() -> review(containers(1_000, "gcr.io/" + "a".repeat(250)), "{}")),
    COLLIDING_NAMES(() -> "{" + colliding(16, "1") + ",\"spec\":{\"annotations\":{" + colliding(9, "\"1\"") + "}}}"),
    MALFORMED_END(() -> review(containers(1_000, "nginx:1"), "{\"a\":\"") + "\u00ff"),
    MISSING_END(() -> review(containers(1_000, "nginx:1"), "{}") + "{".repeat(1_000_000));

    private final String text;

    HostileReview(Supplier<String> text) {
        this.text = text.get();
    }

    /** In no UTF-8, if a character is not ASCII. */
    byte[] body() {
        return text.getBytes(ISO_8859_1);
    }

    /** Patterns for which a path or segment of the letter a is nearly a match, time and again. */
    static String policy() {
        return """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: worst}
                spec:
                  rules:
                    - {name: fixed-tag, tag: {required: true, deny: [latest, "*a*a*a*b"]}}
                    - {name: paths, deny: ["gcr.io/%sb"]}
                    - {name: segments, deny: ["gcr.io/%s*b"]}
                """.formatted("**/a/".repeat(50), "*a".repeat(100));
    }

    private static String review(String containers, String annotations) {
        return "{\"kind\":\"ImageReview\",\"apiVersion\":\"imagepolicy.k8s.io/v1alpha1\",\"spec\":{\"containers\":"
                + containers + ",\"annotations\":" + annotations + ",\"namespace\":\"default\"}}";
    }

    private static String containers(int count, String image) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"image\":\"" + image + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** Fields whose names have one hash code as strings: each of so many places is Aa or BB. */
    private static String colliding(int places, String value) {
        return IntStream.range(0, 1 << places)
                .mapToObj(i -> IntStream.range(0, places)
                        .mapToObj(place -> (i >> place & 1) == 0 ? "Aa" : "BB")
                        .collect(Collectors.joining("", "\"", "\":" + value)))
                .collect(Collectors.joining(","));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
