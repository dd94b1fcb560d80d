package io.imagegate.cli.attack;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Collections;

/** Reviews whose answers are known. */
enum Review {
    ALLOWED("nginx:1.17.1", 0, true),
    DENIED("nginx", 0, false),
    /** Larger than the bodies that need no room of their own. */
    LARGE("nginx:1.17.1", 100 << 10, true);

    private final String body;
    private final String answer;

    Review(String image, int padding, boolean allowed) {
        this.body = of(image) + " ".repeat(padding);
        this.answer = "\"allowed\":" + allowed;
    }

    /** The review of one image. */
    static String of(String image) {
        return """
                {"kind":"ImageReview","apiVersion":"imagepolicy.k8s.io/v1alpha1",\
                "spec":{"containers":[{"image":"%s"}],"namespace":"default"}}""".formatted(image);
    }

    /** A review of so many images, which is denied because of each. */
    static byte[] denied(int images) {
        String containers = String.join(",", Collections.nCopies(images, "{\"image\":\"nginx\"}"));
        return DENIED.body.replace("{\"image\":\"nginx\"}", containers).getBytes(US_ASCII);
    }

    byte[] body() {
        return body.getBytes(US_ASCII);
    }

    boolean isAnsweredBy(String text) {
        return text.contains(answer);
    }
}
