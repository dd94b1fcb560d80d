package io.imagegate.cli.check.report;

import io.imagegate.policy.Enforcement;
import io.imagegate.policy.Exemption;
import io.imagegate.policy.PolicySet;
import io.imagegate.text.SafeText;
import java.io.PrintWriter;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * For code hosts: SARIF 2.1.0 (OASIS Static Analysis Results Interchange Format). A result has the line of the image,
 * so that it is shown in the diff, or the template from which Helm made its object; a result that an exception, break-glass or the
 * baseline covers is suppressed. Unreadable input is a notification of an unsuccessful execution. Code scanning of GitHub refuses
 * files with more or longer results than {@link SarifLimits}: a notification says how many are left out.
 */
final class SarifReport implements Report<Result> {

    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    private static final int MOST_NOTIFICATIONS = 1_000;

    private final PrintWriter out;
    private final JsonGenerator json;
    private final SarifLimits limits = new SarifLimits();
    private final SarifFingerprints fingerprints = new SarifFingerprints();

    /**
     * Begins a report.
     *
     * @param run where it is written, the version of Imagegate, and the policies whose rules are listed
     */
    SarifReport(ReportRun run) {
        this.out = limits.measured(run.out());
        this.json = JsonFactory.builder().build().createGenerator(ObjectWriteContext.empty(), out);
        json.writeStartObject();
        json.writeStringProperty("$schema", SCHEMA);
        json.writeStringProperty("version", "2.1.0");
        json.writeArrayPropertyStart("runs");
        json.writeStartObject();
        tool(run.version(), run.policies());
        json.writeStringProperty("columnKind", "unicodeCodePoints");
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
        if (!limits.hasRoom()) {
            return;
        }
        json.writeStartObject();
        json.writeStringProperty("ruleId", SarifRules.id(result.violation()));
        json.writeStringProperty("level", level(result.enforcement()));
        json.writeObjectPropertyStart("message");
        json.writeStringProperty("text", message(result.message()));
        json.writeEndObject();
        json.writeArrayPropertyStart("locations");
        json.writeStartObject();
        physical(result);
        logical(result);
        json.writeEndObject();
        json.writeEndArray();
        json.writeObjectPropertyStart("partialFingerprints");
        json.writeStringProperty("finding/v1", fingerprints.of(result));
        json.writeEndObject();
        suppression(result);
        json.writeEndObject();
    }

    /** A text in brackets before one in parentheses would be a link (SARIF 2.1.0, 3.11.6). */
    private static String message(String text) {
        return SafeText.cut(text, SarifLimits.LONGEST_TEXT).replace("](", "] (");
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
        String uri = file.isEmpty() ? FileUri.ofName(result.image()) : FileUri.of(file);
        json.writeStringProperty("uri", uri);
        if (!file.isEmpty() && !uri.startsWith("file:")) {
            json.writeStringProperty("uriBaseId", "%SRCROOT%");
        }
        json.writeEndObject();
        int line = source.isEmpty() ? Math.max(1, result.line()) : 1;
        json.writeObjectPropertyStart("region");
        json.writeNumberProperty("startLine", line);
        json.writeNumberProperty("startColumn", source.isEmpty() ? Math.max(1, result.column()) : 1);
        json.writeNumberProperty("endLine", line);
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
                .or(() -> result.isInBaseline() ? Optional.of("the baseline has it") : Optional.empty())
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
        totals.problems().stream().limit(MOST_NOTIFICATIONS).forEach(problem -> notification("error", problem));
        totals.known().stream()
                .limit(MOST_NOTIFICATIONS)
                .forEach(problem -> notification("note", "the baseline has it: " + problem));
        if (!totals.notJudged().isEmpty()) {
            notification("warning", Summary.notJudged(totals));
        }
        if (!totals.unknownKinds().isEmpty()) {
            notification("note", Summary.unknownKinds(totals.unknownKinds(), MOST_NOTIFICATIONS));
        }
        if (limits.left() > 0) {
            notification("warning", limits.left() + " results are left out: code scanning takes no longer file");
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
    }

    private void notification(String level, String text) {
        json.writeStartObject();
        json.writeStringProperty("level", level);
        json.writeObjectPropertyStart("message");
        json.writeStringProperty("text", message(text));
        json.writeEndObject();
        json.writeEndObject();
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
        limits.end();
    }
}
