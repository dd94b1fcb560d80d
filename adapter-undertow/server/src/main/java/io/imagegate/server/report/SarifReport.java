package io.imagegate.server.report;

import io.imagegate.policy.NamedRule;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.policy.Requirement;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * For code hosts: SARIF 2.1.0 (OASIS Static Analysis Results Interchange Format). A result has the line of the image, so
 * that it is shown in the diff; what an exception covers is a suppressed result.
 */
public final class SarifReport implements Report {

    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    private final PrintWriter out;
    private final JsonGenerator json;

    /**
     * Begins a report.
     *
     * @param out where it is written
     * @param version of Imagegate
     * @param policies whose rules are listed
     */
    public SarifReport(PrintWriter out, String version, PolicySet policies) {
        this.out = out;
        this.json = JsonFactory.builder().build().createGenerator(ObjectWriteContext.empty(), out);
        json.writeStartObject();
        json.writeStringProperty("$schema", SCHEMA);
        json.writeStringProperty("version", "2.1.0");
        json.writeArrayPropertyStart("runs");
        json.writeStartObject();
        tool(version, policies);
        json.writeStringProperty("columnKind", "utf16CodeUnits");
        json.writeArrayPropertyStart("results");
    }

    private void tool(String version, PolicySet policies) {
        json.writeObjectPropertyStart("tool");
        json.writeObjectPropertyStart("driver");
        json.writeStringProperty("name", "imagegate");
        json.writeStringProperty("version", version);
        json.writeArrayPropertyStart("rules");
        ruleIds(policies).forEach(id -> {
            json.writeStartObject();
            json.writeStringProperty("id", id);
            json.writeEndObject();
        });
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }

    private static Set<String> ruleIds(PolicySet policies) {
        Set<String> ids = new LinkedHashSet<>();
        for (Policy policy : policies.policies()) {
            policy.rules().stream().map(NamedRule::name).forEach(ids::add);
        }
        for (Requirement requirement : Requirement.values()) {
            ids.add(requirement.code());
        }
        return ids;
    }

    @Override
    public void add(Result result) {
        json.writeStartObject();
        json.writeStringProperty("ruleId", result.violation().rule());
        json.writeStringProperty("level", level(result));
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

    private static String level(Result result) {
        return switch (result.violation().enforcement()) {
            case DENY -> "error";
            case WARN -> "warning";
            case AUDIT -> "note";
        };
    }

    private void physical(Result result) {
        if (result.subject().file().isEmpty()) {
            return;
        }
        json.writeObjectPropertyStart("physicalLocation");
        json.writeObjectPropertyStart("artifactLocation");
        json.writeStringProperty("uri", FileUri.relative(result.subject().file()));
        json.writeEndObject();
        json.writeObjectPropertyStart("region");
        json.writeNumberProperty("startLine", Math.max(1, result.line()));
        json.writeEndObject();
        json.writeEndObject();
    }

    private void logical(Result result) {
        String name = (result.subject().object() + " " + result.place()).strip();
        if (!name.isEmpty()) {
            json.writeArrayPropertyStart("logicalLocations");
            json.writeStartObject();
            json.writeStringProperty("fullyQualifiedName", name);
            json.writeEndObject();
            json.writeEndArray();
        }
    }

    private void suppression(Result result) {
        result.violation().exemption().ifPresent(exemption -> {
            json.writeArrayPropertyStart("suppressions");
            json.writeStartObject();
            json.writeStringProperty("kind", "external");
            json.writeStringProperty("justification", exemption.reason());
            json.writeEndObject();
            json.writeEndArray();
        });
    }

    @Override
    public void end(Totals totals) {
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.flush();
        out.println();
    }
}
