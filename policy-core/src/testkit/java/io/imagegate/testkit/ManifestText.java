package io.imagegate.testkit;

import java.util.List;
import java.util.Locale;

/** Writes a manifest in YAML. */
final class ManifestText {

    private final StringBuilder text = new StringBuilder(512);
    private final int depth;

    ManifestText(Workload workload, String namespace) {
        line(0, "apiVersion: " + workload.apiVersion);
        line(0, "kind: " + workload.kind);
        line(0, "metadata:");
        line(1, "name: web");
        if (!namespace.isEmpty()) {
            line(1, "namespace: " + namespace);
        }
        int level = 0;
        for (String field : workload.podSpec.split("\\.", -1)) {
            line(level++, field + ":");
        }
        this.depth = level;
    }

    void containers(String list, List<String> images) {
        begin(list, images);
        for (int i = 0; i < images.size(); i++) {
            line(depth, "- name: c" + i);
            line(depth, "  image: " + quote(images.get(i)));
        }
    }

    void volumes(List<String> images) {
        begin("volumes", images);
        for (int i = 0; i < images.size(); i++) {
            line(depth, "- name: v" + i);
            line(depth, "  image: {reference: " + quote(images.get(i)) + "}");
        }
    }

    private void begin(String list, List<String> items) {
        if (!items.isEmpty()) {
            line(depth, list + ":");
        }
    }

    private void line(int level, String content) {
        text.append("  ".repeat(level)).append(content).append('\n');
    }

    /** In double quotes, with nothing but printable ASCII as it is; half a surrogate pair has no form in YAML. */
    private static String quote(String image) {
        StringBuilder quoted = new StringBuilder("\"");
        image.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append((char) c);
            } else if (c >= ' ' && c < 0x7F) {
                quoted.append((char) c);
            } else {
                quoted.append(String.format(Locale.ROOT, "\\U%08x", c));
            }
        });
        return quoted.append('"').toString();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
