package io.imagegate.server.check;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The kind of content in a file, recognized by its first significant line. */
enum Contents {
    /** Image references, one a line. */
    IMAGES,
    /** Kubernetes objects or reviews, YAML or JSON; also binary files, which their reader rejects. */
    MANIFESTS;

    private static final int LOOKED_AT = 1 << 16;

    /** No reference has a colon at its end or before a space, and none begins like a document. */
    private static final Pattern DOCUMENT = Pattern.compile("[{\\[%].*|---.*|.*:(\\s.*)?");

    /** Looks ahead in the stream without consuming it. */
    static Contents of(BufferedInputStream in) throws IOException {
        in.mark(LOOKED_AT);
        byte[] bytes = in.readNBytes(LOOKED_AT);
        in.reset();
        String start = new String(bytes, StandardCharsets.UTF_8);
        boolean binary = start.indexOf('\0') >= 0 || (bytes.length > 1 && bytes[0] == 0x1F && bytes[1] == (byte) 0x8B);
        return binary || isDocument(start) ? MANIFESTS : IMAGES;
    }

    private static boolean isDocument(String start) {
        return (start.startsWith("\uFEFF") ? start.substring(1) : start)
                .lines()
                .map(ImageList::content)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .filter(line -> DOCUMENT.matcher(line).matches())
                .isPresent();
    }
}
