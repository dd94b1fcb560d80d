package io.imagegate.console;

import io.imagegate.policy.Decision;
import io.imagegate.policy.Exemption;
import io.imagegate.policy.ImageMutation;
import io.imagegate.policy.Lookup;
import io.imagegate.policy.RuleResult;
import io.imagegate.policy.Violation;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ReviewedImage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * Writes a decision with all that explains it, as console and playground draw it: each image taken apart, and each rule with
 * what it found and why.
 */
final class DecisionJson {

    /** A reason has 4,096 characters, and then what else to know. */
    private static final int LONGEST_REASON = 6_000;

    private static final int MOST_LOOKUPS = 200;

    private final ExplainedDecision explained;
    private final Decision decision;
    private final Instant at;
    private final String kubectl;
    private final BreakGlassHints hints;

    private DecisionJson(ExplainedDecision explained, Instant at, String kubectl, BreakGlassHints hints) {
        this.explained = explained;
        this.decision = explained.decision();
        this.at = at;
        this.kubectl = kubectl;
        this.hints = hints;
    }

    /**
     * {@return a writer}
     *
     * @param explained the decision
     * @param at when it was made, if it does not depend on the time
     */
    static DecisionJson of(ExplainedDecision explained, Instant at) {
        return new DecisionJson(explained, explained.decision().instant().orElse(at), "", BreakGlassHints.shown());
    }

    /**
     * {@return a copy that also writes what kubectl prints for a denial}
     *
     * @param before what it prints before the reason
     */
    DecisionJson withKubectl(String before) {
        return new DecisionJson(explained, at, before, hints);
    }

    /** {@return a copy without the sentences on where the annotation of a break-glass is missing, which have its value} */
    DecisionJson withoutBreakGlassHints() {
        return new DecisionJson(explained, at, kubectl, BreakGlassHints.hidden(decision));
    }

    /** Writes the properties of the decision into an open object. */
    void write(JsonGenerator json) {
        String reason = hints.reason(decision.reason());
        json.writeBooleanProperty("allowed", decision.allowed());
        json.writeStringProperty("outcome", RowJson.outcome(decision));
        json.writeStringProperty("reason", Json.cut(reason, LONGEST_REASON));
        if (!decision.allowed() && !kubectl.isEmpty()) {
            json.writeStringProperty("kubectl", Json.cut(kubectl + reason, LONGEST_REASON));
        }
        Json.texts(json, "warnings", hints.warnings(decision.warnings()));
        Json.object(
                json,
                "auditAnnotations",
                out -> decision.auditAnnotations()
                        .forEach((key, text) -> out.writeStringProperty(key, Json.cut(text, LONGEST_REASON))));
        Json.text(json, "namespace", explained.review().namespace());
        json.writeStringProperty("at", at.truncatedTo(ChronoUnit.SECONDS).toString());
        json.writeStringProperty("locale", decision.locale().toLanguageTag());
        Json.list(json, "images", explained.images(), this::image);
        json.writeNumberProperty(
                "moreImages",
                explained.review().images().size() - explained.images().size());
        Json.list(json, "requirements", explained.requirements(), this::requirement);
        List<Lookup> lookups = decision.lookups();
        Json.list(json, "lookups", lookups.subList(0, Math.min(MOST_LOOKUPS, lookups.size())), DecisionJson::lookup);
    }

    private void image(JsonGenerator json, ReviewedImage image) {
        Json.object(json, out -> {
            Json.text(out, "text", image.text());
            container(out, image);
            Json.text(out, "position", image.path().orElse(image.list() + "[" + image.index() + "]"));
            reference(out, image);
            explained.mutation(image).ifPresent(mutation -> mutation(out, mutation));
            Json.list(out, "rules", explained.results(image), DecisionJson::rule);
        });
    }

    private static void container(JsonGenerator json, ReviewedImage image) {
        String type = image.containerType().map(known -> known.key() + " ").orElse("");
        String container = type + image.containerName().orElse("");
        if (!container.isEmpty()) {
            Json.text(json, "container", container.strip());
        }
    }

    private void reference(JsonGenerator json, ReviewedImage image) {
        Json.text(json, "problem", explained.problem(image));
        if (image.unknown().isEmpty()) {
            ImageReference.tryParse(image.text()).ifPresent(reference -> parts(json, reference));
        }
    }

    private static void parts(JsonGenerator json, ImageReference reference) {
        Json.object(json, "parts", out -> {
            Json.text(out, "registry", reference.registry());
            Json.text(out, "repository", reference.repository());
            Json.text(out, "tag", reference.tag());
            out.writeBooleanProperty("implicitLatest", reference.isLatest() && !reference.hasTag());
            Json.text(out, "digest", reference.digest());
            Json.text(out, "canonical", reference.canonical());
        });
    }

    private static void mutation(JsonGenerator json, ImageMutation mutation) {
        Json.text(json, "rewritten", mutation.rewritten());
        Json.text(json, "pinned", mutation.pinned().map(digest -> mutation.result()));
    }

    private static void rule(JsonGenerator json, RuleResult result) {
        Json.object(json, out -> {
            Json.text(out, "policy", result.policy().name());
            Json.text(out, "rule", result.rule().name());
            PolicyJson.details(out, result.rule());
            out.writeStringProperty(
                    "enforcement",
                    PolicyJson.label(
                            result.violation().map(Violation::enforcement).orElseGet(result::enforcement)));
            out.writeStringProperty("outcome", PolicyJson.label(result.outcome()));
            result.violation().ifPresent(violation -> effect(out, violation));
            Json.text(out, "why", result.explanation());
        });
    }

    private static void effect(JsonGenerator json, Violation violation) {
        json.writeStringProperty("effect", violation.outcome().label());
        violation.exemption().ifPresent(active -> exception(json, active, false));
        violation.expired().ifPresent(late -> exception(json, late, true));
        Json.text(json, "breakGlass", violation.breakGlass());
        Json.text(json, "denyFrom", violation.denyFrom());
    }

    private static void exception(JsonGenerator json, Exemption exception, boolean expired) {
        Json.object(json, "exception", out -> {
            Json.text(out, "reason", exception.reason());
            out.writeStringProperty("expires", exception.expires().toString());
            out.writeBooleanProperty("expired", expired);
        });
    }

    private void requirement(JsonGenerator json, Violation violation) {
        Json.object(json, out -> {
            Json.text(out, "requirement", violation.rule());
            explained.position(violation).ifPresent(position -> out.writeNumberProperty("image", position));
            Json.text(out, "text", violation.message());
        });
    }

    private static void lookup(JsonGenerator json, Lookup lookup) {
        Json.object(json, out -> {
            Json.text(out, "image", lookup.image().canonical());
            Json.text(out, "need", lookup.need());
            out.writeStringProperty("state", lookup.label());
            Json.text(out, "detail", lookup.detail());
            Json.text(out, "time", lookup.timeText());
        });
    }
}
