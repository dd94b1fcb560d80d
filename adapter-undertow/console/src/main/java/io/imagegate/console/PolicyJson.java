package io.imagegate.console;

import io.imagegate.policy.BreakGlass;
import io.imagegate.policy.Enforcement;
import io.imagegate.policy.Exemption;
import io.imagegate.policy.NamedRule;
import io.imagegate.policy.Policy;
import io.imagegate.rule.Scope;
import io.imagegate.signer.Signer;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Writes a policy: what each rule demands, the exceptions with the days that are left, and no value that breaks the glass. */
final class PolicyJson {

    private PolicyJson() {}

    /**
     * Writes a policy.
     *
     * @param json where it is written
     * @param policy the policy
     * @param today the day, in UTC
     */
    static void write(JsonGenerator json, Policy policy, LocalDate today) {
        Json.object(json, out -> {
            Json.text(out, "name", policy.name());
            Json.list(out, "rules", policy.rules(), (each, rule) -> rule(each, rule, today));
            Json.list(out, "exceptions", policy.exemptions(), (each, exception) -> exception(each, exception, today));
            policy.breakGlass().ifPresent(glass -> breakGlass(out, glass));
            Json.texts(
                    out, "signers", policy.signers().stream().map(Signer::name).toList());
            out.writeStringProperty("onUpdate", label(policy.onUpdate()));
        });
    }

    private static void rule(JsonGenerator json, NamedRule rule, LocalDate today) {
        Json.object(json, out -> {
            Json.text(out, "name", rule.name());
            details(out, rule);
            Enforcement enforcement = rule.enforcement(today);
            out.writeStringProperty("enforcement", label(enforcement));
            byNamespace(out, rule);
            Json.text(out, "denyFrom", rule.denyFrom());
            Enforcement down = rule.onUnavailable("", today);
            if (down != rule.enforcement("", today)) {
                out.writeStringProperty("onUnavailable", label(down));
            }
            scope(out, rule.scope());
            Json.text(out, "message", rule.message());
        });
    }

    /** Writes what a rule demands and why, which a decision shows, too. */
    static void details(JsonGenerator json, NamedRule rule) {
        Json.text(json, "condition", rule.conditionText());
        Json.text(json, "description", rule.description());
        Json.text(json, "severity", rule.severity().map(PolicyJson::label));
        Json.text(json, "link", rule.link());
    }

    private static void byNamespace(JsonGenerator json, NamedRule rule) {
        if (!rule.enforcementByNamespace().isEmpty()) {
            Json.object(
                    json,
                    "enforcementByNamespace",
                    out -> rule.enforcementByNamespace()
                            .forEach((enforcement, namespaces) ->
                                    Json.texts(out, label(enforcement), namespaces.globs())));
        }
    }

    private static void exception(JsonGenerator json, Exemption exception, LocalDate today) {
        Json.object(json, out -> {
            Json.texts(out, "rules", exception.rules());
            scope(out, exception.scope());
            Json.text(out, "reason", exception.reason());
            out.writeStringProperty("expires", exception.expires().toString());
            out.writeNumberProperty("daysLeft", ChronoUnit.DAYS.between(today, exception.expires()));
        });
    }

    private static void breakGlass(JsonGenerator json, BreakGlass glass) {
        Json.object(json, "breakGlass", out -> {
            Json.text(out, "annotation", glass.annotation());
            Json.text(out, "namespaces", glass.namespaces().toString());
        });
    }

    private static void scope(JsonGenerator json, Scope scope) {
        Json.text(json, "scope", Optional.of(scope.toString()).filter(text -> !text.isEmpty()));
    }

    /** {@return a constant as files and pages write it, such as {@code new-images}} */
    static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
