package io.imagegate.console;

import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Violation;
import io.imagegate.policy.ViolationOutcome;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import io.imagegate.webhook.ReviewEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Writes the row that the table of decisions has for each. */
final class RowJson {

    /** The most bytes of a row. */
    static final int LONGEST = 4 << 10;

    private static final int MOST_IMAGES = 5;
    private static final int MOST_RULES = 10;
    private static final int LONGEST_NAME = 256;
    private static final int SHORT_NAME = 20;
    private static final int LONGEST_REASON = 300;
    private static final long NANOS_PER_MICRO = 1_000;

    private RowJson() {}

    /** {@return the properties of a row, without braces} The id comes first, and is known when the row is kept. */
    static byte[] properties(ReviewEvent event, Instant time) {
        byte[] row = properties(event, time, LONGEST_NAME, LONGEST_REASON);
        // Only names that nobody would read are as long: control characters have six bytes each.
        return row.length <= LONGEST ? row : properties(event, time, SHORT_NAME, SHORT_NAME);
    }

    private static byte[] properties(ReviewEvent event, Instant time, int longestName, int longestReason) {
        return Json.properties(json -> {
            json.writeStringProperty("time", time.truncatedTo(ChronoUnit.MILLIS).toString());
            json.writeBooleanProperty("allowed", event.allowed());
            json.writeStringProperty(
                    "outcome", event.decision().map(RowJson::outcome).orElse("failed"));
            json.writeStringProperty("protocol", event.protocol());
            known(event)
                    .forEach((property, value) ->
                            value.ifPresent(text -> json.writeStringProperty(property, Json.cut(text, longestName))));
            images(json, event.review().map(ImageReview::images).orElse(List.of()), longestName);
            rules(json, event.decision().map(Decision::violations).orElse(List.of()));
            String reason = event.decision()
                    .map(decision -> BreakGlassHints.hidden(decision).reason(event.reason()))
                    .orElseGet(event::reason);
            json.writeStringProperty("reason", Json.cut(reason, longestReason));
            json.writeNumberProperty("micros", event.decisionTime().toNanos() / NANOS_PER_MICRO);
        });
    }

    private static Map<String, Optional<String>> known(ReviewEvent event) {
        Map<String, Optional<String>> known = new LinkedHashMap<>();
        known.put("path", Optional.of(event.path()));
        known.put("policySet", event.gate().filter(name -> !name.equals(ImageGate.DEFAULT_NAME)));
        known.put("operation", event.operation());
        known.put("kind", event.kind());
        known.put("namespace", event.namespace());
        known.put("name", event.name());
        known.put("user", event.user());
        return known;
    }

    /** {@return whether it is {@code allowed} or {@code denied}, or {@code warned}: allowed with a warning of a rule} */
    static String outcome(Decision decision) {
        if (!decision.allowed()) {
            return "denied";
        }
        boolean warned = decision.violations().stream().anyMatch(each -> each.outcome() == ViolationOutcome.WARNED);
        return warned ? "warned" : "allowed";
    }

    private static void images(JsonGenerator json, List<ReviewedImage> images, int longestName) {
        json.writeArrayPropertyStart("images");
        images.stream().limit(MOST_IMAGES).forEach(image -> json.writeString(Json.cut(image.text(), longestName)));
        json.writeEndArray();
        json.writeNumberProperty("moreImages", Math.max(0, images.size() - MOST_IMAGES));
    }

    /** Writes the violated rules, first those that deny. */
    private static void rules(JsonGenerator json, List<Violation> violations) {
        json.writeArrayPropertyStart("rules");
        violations.stream()
                .sorted(Comparator.comparing(Violation::outcome))
                .map(violation -> violation.policy() + "/" + violation.rule())
                .distinct()
                .limit(MOST_RULES)
                .forEach(json::writeString);
        json.writeEndArray();
    }
}
