package io.imagegate.input.kustomize;

import io.imagegate.input.place.UnreadName;
import io.imagegate.text.SafeText;
import java.util.Map;

/** A resource, chart or generator of a kustomization that is not read. */
final class UnreadResource {

    private UnreadResource() {}

    /** {@return what messages and baselines call it: another name for each that makes other objects} */
    static String name(ManifestNode reference) {
        StringBuilder text = new StringBuilder();
        write(reference, text);
        String what = reference.isScalar() ? "" : "chart or generator ";
        return what + UnreadName.shortened(text.toString());
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
