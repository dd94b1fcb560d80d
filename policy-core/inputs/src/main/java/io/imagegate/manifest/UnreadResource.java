package io.imagegate.manifest;

import io.imagegate.text.SafeText;
import io.imagegate.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A resource, chart or generator of a kustomization, or a build or a file of Compose, that is not read. */
final class UnreadResource {

    private static final int SHOWN = 200;

    private UnreadResource() {}

    /** {@return what messages and baselines call it: another name for each that makes other objects} */
    static String name(ManifestNode reference) {
        StringBuilder text = new StringBuilder();
        write(reference, text);
        String what = reference.isScalar() ? "" : "chart or generator ";
        return what + shortened(text.toString());
    }

    /** {@return what messages and baselines call a text: another name for each} */
    static String name(String text) {
        return shortened(SafeText.quote(text, text.length()));
    }

    private static String shortened(String name) {
        return name.length() <= SHOWN
                ? name
                : SafeText.cut(name, SHOWN) + "... (SHA-256 " + Sha256.hex(name.getBytes(StandardCharsets.UTF_8)) + ")";
    }

    private static void write(ManifestNode value, StringBuilder text) {
        if (value.isObject()) {
            String before = "{";
            for (Map.Entry<String, ManifestNode> field : value.fields.entrySet()) {
                text.append(before).append(SafeText.escape(field.getKey())).append(": ");
                write(field.getValue(), text);
                before = ", ";
            }
            text.append(value.fields.isEmpty() ? "{}" : "}");
        } else if (value.isArray()) {
            String before = "[";
            for (ManifestNode element : value.elements) {
                text.append(before);
                write(element, text);
                before = ", ";
            }
            text.append(value.elements.isEmpty() ? "[]" : "]");
        } else {
            text.append(SafeText.quote(value.text, value.text.length()));
        }
    }
}
