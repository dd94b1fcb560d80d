package io.imagegate.server.metrics;

import io.imagegate.gate.GateState;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.ImageMutation;
import io.imagegate.policy.Lookup;
import io.imagegate.policy.Violation;
import io.imagegate.policy.ViolationOutcome;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import io.imagegate.server.log.LogFormat;
import io.imagegate.server.log.LoggedDecisions;
import io.imagegate.server.log.TimeText;
import io.imagegate.text.SafeText;
import io.imagegate.time.TimeSource;
import io.imagegate.webhook.DecisionListener;
import io.imagegate.webhook.ReviewEvent;
import java.io.StringWriter;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes one line for each decision. A line of JSON has the request, images, violations with their outcomes, look-ups and
 * duration, or why the review failed, and the fields of every JSON log line. A line of text is for people. Lines are bounded:
 * long names are cut, and only the first images, groups, violations and look-ups are listed.
 */
public final class DecisionLog implements DecisionListener {

    private static final JsonFactory JSON = new JsonFactory();
    static final int MOST_IMAGES = 20;
    static final int MOST_GROUPS = 10;
    private static final int MOST_LOOKUPS = 10;
    static final int LONGEST_DETAIL = 160;
    static final int LONGEST_TEXT = 256;
    static final int LONGEST_REASON = 1_024;
    private static final long NANOS_PER_MICRO = 1_000;

    private final LoggedDecisions which;
    private final LogFormat format;
    private final Consumer<String> lines;
    private final Predicate<String> lastGood;
    private final String process =
            HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    private final AtomicLong count = new AtomicLong();

    /**
     * Creates a log.
     *
     * @param which decisions are logged
     * @param format of each line
     * @param lines called with each line
     * @param lastGood tells whether the gate of a name decides with the last accepted set
     */
    public DecisionLog(LoggedDecisions which, LogFormat format, Consumer<String> lines, Predicate<String> lastGood) {
        this.which = which;
        this.format = format;
        this.lines = lines;
        this.lastGood = lastGood;
    }

    @Override
    public void reviewed(ReviewEvent event) {
        if (which.include(event)) {
            lines.accept(
                    format == LogFormat.json
                            ? json(event, process + "-" + count.incrementAndGet(), policies(event))
                            : DecisionText.line(event, policies(event)));
        }
    }

    /** {@return which policies decided, if they are not those of the files} */
    private Optional<String> policies(ReviewEvent event) {
        return event.gate().filter(lastGood).map(name -> GateState.LAST_GOOD);
    }

    /**
     * {@return the line of JSON for a decision, without an id}
     *
     * @param event the decision
     */
    public static String json(ReviewEvent event) {
        return json(event, null, Optional.empty());
    }

    private static String json(ReviewEvent event, @Nullable String id, Optional<String> policies) {
        String outcome = event.allowed() ? "allowed" : "denied";
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("time", TimeText.of(TimeSource.system().instant()));
            json.writeStringProperty("level", "INFO");
            json.writeStringProperty("logger", "io.imagegate.decision");
            json.writeStringProperty("message", "review " + outcome);
            json.writeStringProperty("event", outcome);
            if (id != null) {
                json.writeStringProperty("id", id);
            }
            writeRequest(json, event, policies);
            event.failure()
                    .ifPresent(failure ->
                            json.writeStringProperty("failure", failure.name().toLowerCase(Locale.ROOT)));
            event.review().ifPresent(review -> writeImages(json, review.images()));
            event.decision().ifPresent(decision -> {
                if (!decision.mutations().isEmpty()) {
                    writeMutations(
                            json,
                            "rewritten",
                            decision,
                            mutation -> mutation.rewritten().isPresent());
                    writeMutations(
                            json,
                            "pinned",
                            decision,
                            mutation -> mutation.pinned().isPresent());
                }
                writeRules(json, decision.violations());
                writeViolations(json, decision.violations());
                writeLookups(json, decision.lookups());
            });
            if (!event.allowed()) {
                json.writeStringProperty("reason", cut(event.reason(), LONGEST_REASON));
            }
            if (event.failure().isEmpty()) {
                json.writeNumberProperty("micros", event.decisionTime().toNanos() / NANOS_PER_MICRO);
            }
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void writeRequest(JsonGenerator json, ReviewEvent event, Optional<String> policies) {
        writeIfKnown(json, "policySet", policySet(event));
        writeIfKnown(json, "policies", policies);
        json.writeStringProperty("protocol", event.protocol());
        writeIfKnown(json, "uid", event.uid());
        writeIfKnown(json, "operation", event.operation());
        writeIfKnown(json, "kind", event.kind());
        writeIfKnown(json, "namespace", event.namespace());
        writeIfKnown(json, "name", event.name());
        writeIfKnown(json, "user", event.user());
        writeGroups(json, groups(event));
    }

    /** {@return the groups of the user; none if they are not told} */
    static List<String> groups(ReviewEvent event) {
        return event.review().flatMap(ImageReview::groups).orElse(List.of());
    }

    private static void writeGroups(JsonGenerator json, List<String> groups) {
        if (groups.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("groups");
        for (String group : groups.subList(0, Math.min(MOST_GROUPS, groups.size()))) {
            json.writeString(named(group));
        }
        json.writeEndArray();
        writeMore(json, "moreGroups", groups.size() - MOST_GROUPS);
    }

    private static void writeMore(JsonGenerator json, String field, int more) {
        if (more > 0) {
            json.writeNumberProperty(field, more);
        }
    }

    /** {@return the name of the policies that decided, if they have one} */
    static Optional<String> policySet(ReviewEvent event) {
        return event.gate().filter(name -> !name.equals(ImageGate.DEFAULT_NAME));
    }

    private static void writeIfKnown(JsonGenerator json, String field, Optional<String> value) {
        value.ifPresent(text -> json.writeStringProperty(field, named(text)));
    }

    private static void writeImages(JsonGenerator json, List<ReviewedImage> images) {
        json.writeArrayPropertyStart("images");
        for (ReviewedImage image : images.subList(0, Math.min(MOST_IMAGES, images.size()))) {
            json.writeString(named(image.text()));
        }
        json.writeEndArray();
        writeMore(json, "moreImages", images.size() - MOST_IMAGES);
    }

    /** Writes both names of images that the object, or the pods that it creates, get by another name. */
    private static void writeMutations(
            JsonGenerator json, String field, Decision decision, Predicate<ImageMutation> which) {
        List<ImageMutation> selected =
                decision.mutations().stream().filter(which).limit(MOST_IMAGES).toList();
        if (selected.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart(field);
        for (ImageMutation mutation : selected) {
            json.writeStartObject();
            json.writeStringProperty("from", named(mutation.image().text()));
            json.writeStringProperty("to", named(mutation.result()));
            json.writeBooleanProperty("patched", mutation.patched() && decision.allowed());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeRules(JsonGenerator json, List<Violation> violations) {
        json.writeArrayPropertyStart("rules");
        Set<String> written = new HashSet<>();
        for (Violation violation : violations) {
            String name = Effects.rule(violation);
            if (written.size() < MOST_IMAGES && written.add(name)) {
                json.writeString(name);
            }
        }
        json.writeEndArray();
    }

    /** Writes the outcome of each violated rule, with the first image of each outcome. */
    private static void writeViolations(JsonGenerator json, List<Violation> violations) {
        if (violations.isEmpty()) {
            return;
        }
        Effects effects = Effects.of(violations);
        json.writeArrayPropertyStart("violations");
        effects.shown().forEach(violation -> writeViolation(json, violation));
        json.writeEndArray();
        writeMore(json, "moreViolations", effects.more());
    }

    private static void writeViolation(JsonGenerator json, Violation violation) {
        json.writeStartObject();
        json.writeStringProperty("rule", Effects.rule(violation));
        json.writeStringProperty("outcome", violation.outcome().label());
        violation.exemption().ifPresent(exemption -> {
            json.writeStringProperty("exception", Effects.reason(exemption));
            json.writeStringProperty("expires", exemption.expires().toString());
        });
        Effects.ticket(violation).ifPresent(ticket -> json.writeStringProperty("ticket", ticket));
        if (violation.outcome() != ViolationOutcome.DENIED) {
            json.writeStringProperty("text", Effects.text(violation));
        }
        json.writeEndObject();
    }

    private static void writeLookups(JsonGenerator json, List<Lookup> lookups) {
        if (lookups.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("lookups");
        for (Lookup lookup : lookups.subList(0, Math.min(MOST_LOOKUPS, lookups.size()))) {
            json.writeStartObject();
            json.writeStringProperty("image", named(lookup.image().canonical()));
            json.writeStringProperty("need", lookup.need());
            json.writeStringProperty("state", lookup.label());
            json.writeStringProperty("detail", cut(lookup.detail(), LONGEST_DETAIL));
            json.writeNumberProperty("micros", lookup.waited().toNanos() / NANOS_PER_MICRO);
            json.writeBooleanProperty("cached", lookup.cached());
            json.writeEndObject();
        }
        json.writeEndArray();
        writeMore(json, "moreLookups", lookups.size() - MOST_LOOKUPS);
    }

    /** Escapes and cuts a name from the request. A reason needs no escapes, because its names are escaped. */
    static String named(String text) {
        return SafeText.escape(SafeText.cut(text, LONGEST_TEXT)) + (text.length() > LONGEST_TEXT ? "…" : "");
    }

    static String cut(String text, int longest) {
        return text.length() <= longest ? text : SafeText.cut(text, longest) + "…";
    }
}
