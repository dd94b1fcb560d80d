package io.imagegate.predicate;

import io.imagegate.predicate.JsonValue.Kind;
import io.imagegate.text.SafeText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads cosign's predicate {@code vuln}, whose {@code scanner.result} is a report of Trivy or of Grype. Which of them it is
 * can be known at its end only, so the lists of both are read.
 */
final class ScanReader {

    private static final String TRIVY = "pkg:github/aquasecurity/trivy@";
    private static final String GRYPE = "grype";
    private static final String TRIVY_VERSION = "2";

    /** Most findings of a report, of any severity. */
    private static final int MOST = 20_000;

    private static final int SHOWN = 100;

    private final ScanQuery query;
    private final DocumentFields fields = new DocumentFields("the scan result");
    private final Map<Component, Component> components = new HashMap<>();
    private final List<Vulnerability> trivy = new ArrayList<>();
    private final List<Vulnerability> grype = new ArrayList<>();
    private String uri = "";
    private String descriptor = "";
    private String schemaVersion = "";
    private boolean hasResults;
    private boolean hasMatches;
    private int findings;

    ScanReader(ScanQuery query) {
        this.query = query;
    }

    ScanReport read(JsonValue predicate) {
        fields.object(predicate, "the predicate", (name, value) -> {
            if (name.equals("scanner")) {
                fields.object(value, name, this::scanner);
            }
        });
        boolean byTrivy = uri.startsWith(TRIVY);
        boolean byGrype = descriptor.equals(GRYPE);
        if (byTrivy == byGrype) {
            throw new UnreadableException("the scanner " + SafeText.quote(uri.isEmpty() ? descriptor : uri, SHOWN)
                    + (byTrivy ? " is named, but the result is Grype's" : " is not known, expected Trivy or Grype"));
        }
        return new ScanReport(byTrivy ? byTrivy() : byGrype());
    }

    /** Trivy leaves the list out if it found nothing to scan. */
    private List<Vulnerability> byTrivy() {
        boolean known = schemaVersion.isEmpty() ? hasResults : schemaVersion.equals(TRIVY_VERSION);
        if (!known || hasMatches) {
            throw fields.wrong("result", "Trivy's report, with SchemaVersion " + TRIVY_VERSION + " and Results");
        }
        return trivy;
    }

    private List<Vulnerability> byGrype() {
        if (!hasMatches || hasResults) {
            throw fields.wrong("result", "Grype's report, with matches");
        }
        return grype;
    }

    private void scanner(String name, JsonValue value) {
        switch (name) {
            case "uri" -> uri = fields.text(value, name);
            case "result" -> fields.object(value, name, this::result);
            default -> {}
        }
    }

    private void result(String name, JsonValue value) {
        switch (name) {
            case "SchemaVersion" -> {
                fields.require(value, Kind.NUMBER, name, "a number");
                schemaVersion = value.text();
            }
            case "Results" -> {
                hasResults = true;
                fields.list(value, name, this::trivyResult);
            }
            case "matches" -> {
                hasMatches = true;
                findings(value, name, grype, GrypeMatch::new);
            }
            case "descriptor" ->
                fields.optionalObject(value, name, (key, field) -> {
                    if (key.equals("name")) {
                        descriptor = fields.text(field, "descriptor.name");
                    }
                });
            default -> {}
        }
    }

    private void trivyResult(JsonValue result) {
        fields.object(result, "Results[]", (name, value) -> {
            if (name.equals("Vulnerabilities")) {
                findings(value, name, trivy, TrivyVulnerability::new);
            }
        });
    }

    private interface Shape {
        ScanFinding of(DocumentFields fields);
    }

    private void findings(JsonValue list, String name, List<Vulnerability> found, Shape shape) {
        fields.list(list, name, item -> {
            if (++findings > MOST) {
                throw new UnreadableException("the scan result has more than " + MOST + " findings");
            }
            ScanFinding finding = shape.of(fields);
            fields.object(item, name + "[]", finding);
            VulnerabilitySeverity severity = VulnerabilitySeverity.of(finding.severity);
            if (finding.names.get(0).isEmpty()) {
                throw fields.wrong(name + "[]", "the id of a vulnerability");
            }
            if (query.wants(severity, finding.fixable)) {
                found.add(vulnerability(finding, severity));
            }
        });
    }

    private Vulnerability vulnerability(ScanFinding finding, VulnerabilitySeverity severity) {
        List<String> names = finding.names.stream().distinct().toList();
        fields.keep(names.toArray(String[]::new));
        Component component = new Component(finding.packageName, finding.packageVersion, finding.packageUrl);
        Component known = components.get(component);
        if (known == null) {
            fields.keep(component.name(), component.version(), component.purl());
            components.put(component, component);
        }
        return new Vulnerability(names, severity, known == null ? component : known);
    }
}
