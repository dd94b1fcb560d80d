package io.imagegate.cli.check.report;

import io.imagegate.policy.Enforcement;
import io.imagegate.policy.NamedRule;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.policy.Requirement;
import io.imagegate.policy.Severity;
import io.imagegate.policy.Violation;
import io.imagegate.text.SafeText;
import java.net.URI;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes the rules of a SARIF report: name, description, help text and severity. */
final class SarifRules {

    /** No rule of a policy may have such a name. */
    private static final Set<String> REQUIREMENTS =
            Arrays.stream(Requirement.values()).map(Requirement::code).collect(Collectors.toSet());

    private final JsonGenerator json;

    SarifRules(JsonGenerator json) {
        this.json = json;
    }

    /** {@return the id of the rule, which is unique among those of several policies, or of the requirement} */
    static String id(Violation violation) {
        return REQUIREMENTS.contains(violation.rule())
                ? idOfRequirement(violation.rule())
                : id(violation.policy(), violation.rule());
    }

    private static String id(String policy, String rule) {
        return policy + "/" + rule;
    }

    private static String idOfRequirement(String code) {
        return "imagegate/" + code;
    }

    /** Writes the rules of policies and the requirements. */
    void write(PolicySet policies) {
        LocalDate today = policies.today();
        policies.policies().stream()
                .flatMap(policy -> policy.rules().stream().map(rule -> (Runnable) () -> rule(policy, rule, today)))
                .limit(SarifLimits.MOST_RULES - (long) Requirement.values().length)
                .forEach(Runnable::run);
        for (Requirement requirement : Requirement.values()) {
            requirement(requirement);
        }
    }

    private void rule(Policy policy, NamedRule rule, LocalDate today) {
        begin(
                id(policy.name(), rule.name()),
                rule.description().orElseGet(() -> "Rule " + rule.name() + " of the policy " + policy.name() + "."),
                rule.link().orElse(null));
        beginProperties(rule.enforcement(today));
        json.writeStringProperty("policy", policy.name());
        texts("labels", policy.labels());
        texts("annotations", policy.annotations());
        rule.severity().ifPresent(this::severity);
        json.writeEndObject();
        json.writeEndObject();
    }

    private void requirement(Requirement requirement) {
        begin(idOfRequirement(requirement.code()), describe(requirement), requirement.page());
        beginProperties(Enforcement.DENY);
        json.writeEndObject();
        json.writeEndObject();
    }

    private void begin(String id, String description, @Nullable URI link) {
        json.writeStartObject();
        json.writeStringProperty("id", id);
        json.writeStringProperty("name", SafeText.cut(id, SarifLimits.LONGEST_NAME));
        text("shortDescription", description.lines().findFirst().orElse(description));
        text("fullDescription", description);
        text("help", link == null ? description : description + "\n\n" + link);
        if (link != null) {
            json.writeStringProperty("helpUri", link.toASCIIString());
        }
    }

    private void text(String property, String text) {
        json.writeObjectPropertyStart(property);
        json.writeStringProperty("text", SafeText.cut(text, SarifLimits.LONGEST_TEXT));
        json.writeEndObject();
    }

    /** By {@code precision} and {@code problem.severity} GitHub decides which results it shows first. */
    private void beginProperties(Enforcement enforcement) {
        json.writeObjectPropertyStart("defaultConfiguration");
        json.writeStringProperty("level", SarifReport.level(enforcement));
        json.writeEndObject();
        json.writeObjectPropertyStart("properties");
        json.writeStringProperty("precision", "very-high");
        json.writeStringProperty(
                "problem.severity",
                switch (enforcement) {
                    case DENY -> "error";
                    case WARN -> "warning";
                    case AUDIT -> "recommendation";
                });
    }

    private void severity(Severity severity) {
        json.writeStringProperty("security-severity", score(severity));
        json.writeArrayPropertyStart("tags");
        json.writeString("security");
        json.writeEndArray();
    }

    private void texts(String property, Map<String, String> texts) {
        if (!texts.isEmpty()) {
            json.writeObjectPropertyStart(property);
            texts.forEach(json::writeStringProperty);
            json.writeEndObject();
        }
    }

    /** A number that GitHub shows as critical, high, medium or low. */
    private static String score(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "9.5";
            case HIGH -> "8.0";
            case MEDIUM -> "5.5";
            case LOW -> "2.0";
        };
    }

    private static String describe(Requirement requirement) {
        return switch (requirement) {
            case IMAGES -> "A review names at least one image.";
            case KNOWN_IMAGE -> "Everything in the name of an image has a value.";
            case CHART_DEFAULT -> "The values of a Helm chart have all parts of the names of their images.";
            case VALID_REFERENCE -> "An image is a valid reference.";
            case REGISTRY -> "An image names a valid registry, or none.";
            case PIN -> "An image that the policy pins has a digest.";
            case BREAK_GLASS -> "Only users whom breakGlass names add or change its annotation.";
            case KNOWN_KIND -> "The kind of an object is known, or every policy ignores it.";
            case LOADED_POLICY -> "A policy is loaded.";
        };
    }
}
