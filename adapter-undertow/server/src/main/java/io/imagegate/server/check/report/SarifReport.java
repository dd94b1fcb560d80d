package io.imagegate.server.check.report;

import io.imagegate.policy.Enforcement;
import io.imagegate.policy.Exemption;
import io.imagegate.policy.PolicySet;
import java.io.PrintWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * For code hosts: SARIF 2.1.0 (OASIS Static Analysis Results Interchange Format). A result has the line of the image,
 * so that it is shown in the diff, or the template from which Helm made its object; a result that an exception or break-glass covers is suppressed. Unreadable input is
 * a notification of an unsuccessful execution.
 */
final class SarifReport implements Report<Result> {

    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    private final PrintWriter out;
    private final JsonGenerator json;

    /**
     * Begins a report.
     *
     * @param run where it is written, the version of Imagegate, and the policies whose rules are listed
     */
    SarifReport(ReportRun run) {
        this.out = run.out();
        this.json = JsonFactory.builder().build().createGenerator(ObjectWriteContext.empty(), out);
        json.writeStartObject();
        json.writeStringProperty("$schema", SCHEMA);
        json.writeStringProperty("version", "2.1.0");
        json.writeArrayPropertyStart("runs");
        json.writeStartObject();
        tool(run.version(), run.policies());
        json.writeStringProperty("columnKind", "utf16CodeUnits");
        json.writeArrayPropertyStart("results");
    }

    private void tool(String version, PolicySet policies) {
        json.writeObjectPropertyStart("tool");
        json.writeObjectPropertyStart("driver");
        json.writeStringProperty("name", "imagegate");
        json.writeStringProperty("version", version);
        json.writeArrayPropertyStart("rules");
        new SarifRules(json).write(policies);
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }

    @Override
    public void add(Result result) {
        json.writeStartObject();
        json.writeStringProperty("ruleId", SarifRules.id(result.violation()));
        json.writeStringProperty("level", level(result.violation().enforcement()));
        json.writeObjectPropertyStart("message");
        json.writeStringProperty("text", result.violation().message());
        json.writeEndObject();
        json.writeArrayPropertyStart("locations");
        json.writeStartObject();
        physical(result);
        logical(result);
        json.writeEndObject();
        json.writeEndArray();
        suppression(result);
        json.writeEndObject();
    }

    static String level(Enforcement enforcement) {
        return switch (enforcement) {
            case DENY -> "error";
            case WARN -> "warning";
            case AUDIT -> "note";
        };
    }

    /**
     * Code hosts need a file: for an argument of the command line, the image is the name. The line in a template is not
     * known.
     */
    private void physical(Result result) {
        String source = result.subject().source();
        String file = source.isEmpty() ? result.subject().file() : source;
        json.writeObjectPropertyStart("physicalLocation");
        json.writeObjectPropertyStart("artifactLocation");
        json.writeStringProperty("uri", file.isEmpty() ? FileUri.ofName(result.image()) : FileUri.of(file));
        json.writeEndObject();
        json.writeObjectPropertyStart("region");
        json.writeNumberProperty("startLine", source.isEmpty() ? Math.max(1, result.line()) : 1);
        json.writeEndObject();
        json.writeEndObject();
    }

    private void logical(Result result) {
        String object = result.subject().object();
        String name = object.isEmpty() ? result.image() : (object + " " + result.place()).strip();
        json.writeArrayPropertyStart("logicalLocations");
        json.writeStartObject();
        json.writeStringProperty("fullyQualifiedName", name);
        json.writeStringProperty("kind", "resource");
        json.writeEndObject();
        json.writeEndArray();
    }

    private void suppression(Result result) {
        result.violation()
                .exemption()
                .map(Exemption::reason)
                .or(() -> result.violation().breakGlass().map(value -> result.outcome() + ": " + value))
                .ifPresent(justification -> {
                    json.writeArrayPropertyStart("suppressions");
                    json.writeStartObject();
                    json.writeStringProperty("kind", "external");
                    json.writeStringProperty("status", "accepted");
                    json.writeStringProperty("justification", justification);
                    json.writeEndObject();
                    json.writeEndArray();
                });
    }

    private void invocation(Totals totals) {
        json.writeArrayPropertyStart("invocations");
        json.writeStartObject();
        json.writeBooleanProperty("executionSuccessful", totals.problems().isEmpty());
        json.writeArrayPropertyStart("toolExecutionNotifications");
        for (String problem : totals.problems()) {
            json.writeStartObject();
            json.writeStringProperty("level", "error");
            json.writeObjectPropertyStart("message");
            json.writeStringProperty("text", problem);
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
    }

    @Override
    public void end(Totals totals) {
        json.writeEndArray();
        invocation(totals);
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.flush();
        out.println();
    }
}
