package io.imagegate.cli.check.report;

import io.imagegate.policy.Severity;
import io.imagegate.text.SafeText;
import io.imagegate.text.ShownText;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** One object of a policy report: that of a namespace, or of the cluster. Not thread-safe. */
final class PolicyReportObject {

    /**
     * Longest results, in bytes with a backslash before each quote: kubectl keeps an applied object as a text in an annotation, and
     * all annotations of an object have 256 KiB.
     */
    private static final int LONGEST = 240_000;

    private static final int LONGEST_TEXT = 1_000;
    private static final String NAME = "imagegate";

    /** API versions of groups whose version the report knows. */
    private static final Map<String, String> API_VERSIONS = Map.of("", "v1", "apps", "apps/v1", "batch", "batch/v1");

    private final String namespace;
    private final Map<Status, Long> summary = new EnumMap<>(Status.class);
    private final List<byte[]> results = new ArrayList<>();
    private int length;
    private long left;

    PolicyReportObject(String namespace) {
        this.namespace = namespace;
    }

    void count(Status status, long number) {
        summary.merge(status, number, Long::sum);
    }

    /** {@return how long the result is that was added; 0 if there is no room for it} */
    int add(Result result, long room) {
        count(result.status(), 1);
        return isFull(room) ? 0 : keep(room, json -> write(json, result));
    }

    /** Adds what is to be said of an input. */
    int addInput(String rule, Status status, String message, long room) {
        count(status, 1);
        return isFull(room)
                ? 0
                : keep(room, json -> {
                    rule(json, NAME, rule, status, message);
                    json.writeEndObject();
                });
    }

    private boolean isFull(long room) {
        if (left > 0 || room <= 0) {
            left++;
            return true;
        }
        return false;
    }

    /** Writes one result. */
    private interface Part {

        void write(JsonGenerator json);
    }

    private int keep(long room, Part part) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonFactory.builder().build().createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            part.write(json);
        }
        byte[] result = text.toString().getBytes(StandardCharsets.UTF_8);
        int size = result.length;
        for (byte character : result) {
            size += character == '"' || character == '\\' ? 1 : 0;
        }
        if (length + size > LONGEST || size > room) {
            left++;
            return 0;
        }
        results.add(result);
        length += size;
        return size;
    }

    private static void write(JsonGenerator json, Result result) {
        rule(json, result.violation().policy(), result.violation().rule(), result.status(), result.message());
        result.severity()
                .map(Severity::name)
                .ifPresent(severity -> json.writeStringProperty("severity", severity.toLowerCase(Locale.ROOT)));
        resource(json, result.subject());
        json.writeObjectPropertyStart("properties");
        json.writeStringProperty("outcome", result.outcome());
        result.violation().exemption().ifPresent(exemption -> {
            property(json, "exception", exemption.reason());
            property(json, "expires", exemption.expires().toString());
        });
        property(json, "image", result.image());
        property(json, "place", result.place());
        property(json, "file", result.location());
        property(json, "base", result.subject().base());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void rule(JsonGenerator json, String policy, String rule, Status status, String message) {
        json.writeStringProperty("source", NAME);
        json.writeStringProperty("policy", policy);
        json.writeStringProperty("rule", rule);
        json.writeStringProperty("result", status.name());
        property(json, "message", message);
    }

    private static void property(JsonGenerator json, String name, String text) {
        if (!text.isEmpty()) {
            json.writeStringProperty(name, SafeText.cut(ShownText.escape(text), LONGEST_TEXT));
        }
    }

    private static void resource(JsonGenerator json, Subject subject) {
        if (subject.kind().isEmpty()) {
            return;
        }
        String[] kind = subject.kind().split("\\.", 2);
        String version = API_VERSIONS.getOrDefault(kind.length == 1 ? "" : kind[1], "");
        json.writeArrayPropertyStart("resources");
        json.writeStartObject();
        property(json, "apiVersion", version);
        property(json, "kind", kind[0]);
        property(json, "namespace", subject.namespace());
        property(json, "name", name(subject));
        json.writeEndObject();
        json.writeEndArray();
    }

    /** {@return the name of an object, which has no space and no slash in it} */
    private static String name(Subject subject) {
        String title = subject.object();
        int space = title.indexOf(' ');
        return space < 0 ? "" : title.substring(Math.max(space, title.lastIndexOf('/')) + 1);
    }

    void write(JsonGenerator json, String apiVersion, String kind) {
        json.writeStartObject();
        json.writeStringProperty("apiVersion", apiVersion);
        json.writeStringProperty("kind", namespace.isEmpty() ? "Cluster" + kind : kind);
        metadata(json);
        json.writeObjectPropertyStart("summary");
        for (Status status : Status.values()) {
            json.writeNumberProperty(status.name(), summary.getOrDefault(status, 0L));
        }
        json.writeEndObject();
        json.writeArrayPropertyStart("results");
        results.forEach(result -> json.writeRawValue(new String(result, StandardCharsets.UTF_8)));
        json.writeEndArray();
        json.writeEndObject();
    }

    private void metadata(JsonGenerator json) {
        json.writeObjectPropertyStart("metadata");
        json.writeStringProperty("name", NAME);
        if (!namespace.isEmpty()) {
            json.writeStringProperty("namespace", namespace);
        }
        json.writeObjectPropertyStart("labels");
        json.writeStringProperty("app.kubernetes.io/managed-by", NAME);
        json.writeEndObject();
        if (left > 0) {
            json.writeObjectPropertyStart("annotations");
            json.writeStringProperty("imagegate.io/results-left-out", String.valueOf(left));
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
