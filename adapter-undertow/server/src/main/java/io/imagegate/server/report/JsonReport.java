package io.imagegate.server.report;

import java.io.PrintWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * For programs: one JSON object, {@code findings} as they come and then {@code allowed}, {@code subjects},
 * {@code images} and {@code denied}.
 */
public final class JsonReport implements Report {

    private final PrintWriter out;
    private final JsonGenerator json;

    /**
     * Begins a report.
     *
     * @param out where it is written
     */
    public JsonReport(PrintWriter out) {
        this.out = out;
        this.json = JsonFactory.builder().build().createGenerator(ObjectWriteContext.empty(), out);
        json.writeStartObject();
        json.writeArrayPropertyStart("findings");
    }

    @Override
    public void add(Result result) {
        json.writeStartObject();
        json.writeStringProperty("outcome", result.outcome());
        json.writeStringProperty("policy", result.violation().policy());
        json.writeStringProperty("rule", result.violation().rule());
        text("image", result.image());
        json.writeStringProperty("message", result.violation().explanation());
        text("file", result.subject().file());
        if (result.line() > 0) {
            json.writeNumberProperty("line", result.line());
        }
        text("object", result.subject().object());
        text("place", result.place());
        json.writeEndObject();
    }

    @Override
    public void end(Totals totals) {
        json.writeEndArray();
        json.writeBooleanProperty("allowed", totals.denied() == 0);
        json.writeNumberProperty("subjects", totals.subjects());
        json.writeNumberProperty("images", totals.images());
        json.writeNumberProperty("denied", totals.denied());
        json.writeEndObject();
        json.flush();
        out.println();
    }

    private void text(String name, String value) {
        if (!value.isEmpty()) {
            json.writeStringProperty(name, value);
        }
    }
}
