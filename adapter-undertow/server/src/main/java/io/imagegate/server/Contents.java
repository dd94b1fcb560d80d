package io.imagegate.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What a file to be checked holds, as its first line that says something tells. */
enum Contents {
    /** Image references, one a line. */
    IMAGES,
    /** Kubernetes objects or reviews, YAML or JSON. */
    MANIFESTS;

    private static final int LOOKED_AT = 1 << 16;

    /** Looks without taking anything from the stream. */
    static Contents of(BufferedInputStream in) throws IOException {
        in.mark(LOOKED_AT);
        String start = new String(in.readNBytes(LOOKED_AT), StandardCharsets.UTF_8);
        in.reset();
        return start.lines()
                .map(line -> line.startsWith("\uFEFF") ? line.substring(1).strip() : line.strip())
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .findFirst()
                .map(Contents::ofLine)
                .orElse(IMAGES);
    }

    /** No reference has a colon at its end or before a space, and none begins like a document. */
    private static Contents ofLine(String line) {
        boolean document = line.startsWith("{") || line.startsWith("---") || line.startsWith("%");
        return document || line.endsWith(":") || line.contains(": ") ? MANIFESTS : IMAGES;
    }
}
