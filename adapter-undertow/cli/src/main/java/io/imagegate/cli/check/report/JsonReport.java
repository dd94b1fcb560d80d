package io.imagegate.cli.check.report;

import io.imagegate.policy.Lookup;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.policy.Violation;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON for programs: one object, {@code findings} as they come and then {@code lookups} if facts were looked up, {@code
 * errors} if something could not be read, {@code allowed}, {@code subjects}, {@code images}, {@code denied}, and the
 * metadata of the {@code policies}; with a baseline
 * also {@code knownProblems} and what is {@code noLongerFound}. Memory does not grow with the report: only the first 1,000 look-ups are listed.
 */
final class JsonReport implements Report<Result> {

    private static final int MOST_LOOKUPS = 1_000;

    private final PrintWriter out;
    private final PolicySet policies;
    private final JsonGenerator json;
    private final List<Lookup> lookups = new ArrayList<>();
    private long moreLookups;

    /**
     * Begins a report.
     *
     * @param run where it is written, and the policies, whose metadata is part of the report
     */
    JsonReport(ReportRun run) {
        this.out = run.out();
        this.policies = run.policies();
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
        text("written", result.written());
        json.writeStringProperty("message", result.explanation());
        text("file", result.subject().file());
        if (result.line() > 0) {
            json.writeNumberProperty("line", result.line());
        }
        if (result.column() > 0) {
            json.writeNumberProperty("column", result.column());
        }
        text("object", result.subject().object());
        text("place", result.place());
        text("base", result.subject().base());
        if (result.subject().isOfUnknownKind()) {
            json.writeBooleanProperty("unknownToWebhook", true);
        }
        details(result.violation());
        json.writeEndObject();
    }

    @Override
    public void addLookups(List<Lookup> made) {
        int kept = Math.min(made.size(), MOST_LOOKUPS - lookups.size());
        lookups.addAll(made.subList(0, kept));
        moreLookups += made.size() - kept;
    }

    @Override
    public void end(Totals totals) {
        json.writeEndArray();
        writeLookups();
        lines("errors", totals.problems());
        lines("knownProblems", totals.known());
        json.writeBooleanProperty("allowed", totals.allowed());
        json.writeNumberProperty("subjects", totals.subjects());
        json.writeNumberProperty("images", totals.images());
        json.writeNumberProperty("denied", totals.denied());
        numbers("notJudged", totals.notJudged());
        numbers("judgedAsPart", totals.parts());
        numbers("leftOut", totals.leftOut());
        lines("rendered", totals.rendered());
        numbers("unknownToWebhook", totals.unknownKinds());
        lines("noLongerFound", totals.gone());
        lines("notChecked", totals.unchecked());
        json.writeArrayPropertyStart("policies");
        policies.policies().forEach(this::policy);
        json.writeEndArray();
        json.writeEndObject();
        json.flush();
        out.println();
    }

    private void writeLookups() {
        if (lookups.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("lookups");
        for (Lookup lookup : lookups) {
            json.writeStartObject();
            json.writeStringProperty("image", lookup.image().canonical());
            json.writeStringProperty("need", lookup.need());
            json.writeStringProperty("state", lookup.label());
            json.writeStringProperty("detail", lookup.detail());
            json.writeNumberProperty("millis", lookup.waited().toMillis());
            json.writeBooleanProperty("cached", lookup.cached());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (moreLookups > 0) {
            json.writeNumberProperty("moreLookups", moreLookups);
        }
    }

    private void details(Violation violation) {
        violation.description().ifPresent(text -> json.writeStringProperty("description", text));
        violation
                .severity()
                .ifPresent(degree ->
                        json.writeStringProperty("severity", degree.name().toLowerCase(Locale.ROOT)));
        violation.link().ifPresent(page -> json.writeStringProperty("link", page.toString()));
    }

    private void policy(Policy policy) {
        json.writeStartObject();
        json.writeStringProperty("name", policy.name());
        texts("labels", policy.labels());
        texts("annotations", policy.annotations());
        json.writeEndObject();
    }

    private void texts(String name, Map<String, String> texts) {
        if (!texts.isEmpty()) {
            json.writeObjectPropertyStart(name);
            texts.forEach(json::writeStringProperty);
            json.writeEndObject();
        }
    }

    private void numbers(String name, Map<String, Long> numbers) {
        if (!numbers.isEmpty()) {
            json.writeObjectPropertyStart(name);
            numbers.forEach(json::writeNumberProperty);
            json.writeEndObject();
        }
    }

    private void lines(String name, List<String> lines) {
        if (!lines.isEmpty()) {
            json.writeArrayPropertyStart(name);
            lines.forEach(json::writeString);
            json.writeEndArray();
        }
    }

    private void text(String name, String value) {
        if (!value.isEmpty()) {
            json.writeStringProperty(name, value);
        }
    }
}
