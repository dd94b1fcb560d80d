package io.imagegate.predicate;

/** One of {@code matches[]} of Grype. */
final class GrypeMatch extends ScanFinding {

    GrypeMatch(DocumentFields fields) {
        super(fields);
    }

    @Override
    public void accept(String name, JsonValue value) {
        switch (name) {
            case "vulnerability" -> fields.object(value, name, this::vulnerability);
            case "relatedVulnerabilities" ->
                fields.list(value, name, related -> fields.object(related, "relatedVulnerabilities[]", this::related));
            case "artifact" -> fields.optionalObject(value, name, this::artifact);
            default -> {}
        }
    }

    private void vulnerability(String name, JsonValue value) {
        switch (name) {
            case "id" -> id(value, "vulnerability.id");
            case "severity" -> severity = fields.text(value, "vulnerability.severity");
            case "fix" -> fields.optionalObject(value, "vulnerability.fix", this::fix);
            default -> {}
        }
    }

    /** It has a fixed version if either field says so. */
    private void fix(String name, JsonValue value) {
        switch (name) {
            case "state" -> fixable |= fields.text(value, "fix.state").equalsIgnoreCase("fixed");
            case "versions" ->
                fields.list(
                        value,
                        "fix.versions",
                        version -> fixable |=
                                !fields.text(version, "fix.versions[]").isBlank());
            default -> {}
        }
    }

    private void related(String name, JsonValue value) {
        if (name.equals("id")) {
            alias(value, "relatedVulnerabilities[].id");
        }
    }

    private void artifact(String name, JsonValue value) {
        switch (name) {
            case "name" -> packageName = fields.text(value, "artifact.name");
            case "version" -> packageVersion = fields.text(value, "artifact.version");
            case "purl" -> packageUrl = fields.text(value, "artifact.purl");
            default -> {}
        }
    }
}
