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
import io.imagegate.syntax.JsonOutput;
import io.imagegate.text.SafeText;
import io.imagegate.time.TimeSource;
import io.imagegate.webhook.DecisionListener;
import io.imagegate.webhook.ReviewEvent;
import java.nio.charset.StandardCharsets;
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

/**
 * Writes one line for each decision. A line of JSON has the request, images, violations with their outcomes, look-ups and
 * duration, or why the review failed, and the fields of every JSON log line. A line of text is for people. Lines are bounded:
 * long names are cut, and only the first images, groups, violations and look-ups are listed.
 */
public final class DecisionLog implements DecisionListener {

    /** Bytes of most lines. */
    private static final int ROOM = 1_024;

    static final int MOST_IMAGES = 20;
    static final int MOST_GROUPS = 10;
    private static final int MOST_LOOKUPS = 10;
    static final int LONGEST_DETAIL = 160;
    static final int LONGEST_TEXT = 256;
    static final int LONGEST_REASON = 1_024;
    private static final long NANOS_PER_MICRO = 1_000;

    private final LoggedDecisions which;
    private final LogFormat format;
    private final Consumer<byte[]> lines;
    private final Predicate<String> lastGood;
    private final String process =
            HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    private final AtomicLong count = new AtomicLong();

    /**
     * Creates a log.
     *
     * @param which decisions are logged
     * @param format of each line
     * @param lines called with each line in UTF-8, without a line break at its end
     * @param lastGood tells whether the gate of a name decides with the last accepted set
     */
    public DecisionLog(LoggedDecisions which, LogFormat format, Consumer<byte[]> lines, Predicate<String> lastGood) {
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
                            : DecisionText.line(event, policies(event)).getBytes(StandardCharsets.UTF_8));
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
        return new String(json(event, null, Optional.empty()), StandardCharsets.UTF_8);
    }

    private static byte[] json(ReviewEvent event, @Nullable String id, Optional<String> policies) {
        String outcome = event.allowed() ? "allowed" : "denied";
        String time = TimeText.of(TimeSource.system().instant());
        return JsonOutput.encode(ROOM, json -> {
            json.beginObject();
            json.field("time", time);
            json.field("level", "INFO");
            json.field("logger", "io.imagegate.decision");
            json.field("message", "review " + outcome);
            json.field("event", outcome);
            if (id != null) {
                json.field("id", id);
            }
            writeRequest(json, event, policies);
            event.failure()
                    .ifPresent(failure -> json.field("failure", failure.name().toLowerCase(Locale.ROOT)));
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
                json.field("reason", cut(event.reason(), LONGEST_REASON));
            }
            if (event.failure().isEmpty()) {
                json.field("micros", event.decisionTime().toNanos() / NANOS_PER_MICRO);
            }
            json.endObject();
        });
    }

    private static void writeRequest(JsonOutput json, ReviewEvent event, Optional<String> policies) {
        writeIfKnown(json, "policySet", policySet(event));
        writeIfKnown(json, "policies", policies);
        json.field("protocol", event.protocol());
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

    private static void writeGroups(JsonOutput json, List<String> groups) {
        if (groups.isEmpty()) {
            return;
        }
        json.name("groups").beginArray();
        for (String group : groups.subList(0, Math.min(MOST_GROUPS, groups.size()))) {
            json.string(named(group));
        }
        json.endArray();
        writeMore(json, "moreGroups", groups.size() - MOST_GROUPS);
    }

    private static void writeMore(JsonOutput json, String field, int more) {
        if (more > 0) {
            json.field(field, more);
        }
    }

    /** {@return the name of the policies that decided, if they have one} */
    static Optional<String> policySet(ReviewEvent event) {
        return event.gate().filter(name -> !name.equals(ImageGate.DEFAULT_NAME));
    }

    private static void writeIfKnown(JsonOutput json, String field, Optional<String> value) {
        value.ifPresent(text -> json.field(field, named(text)));
    }

    private static void writeImages(JsonOutput json, List<ReviewedImage> images) {
        json.name("images").beginArray();
        for (ReviewedImage image : images.subList(0, Math.min(MOST_IMAGES, images.size()))) {
            json.string(named(image.text()));
        }
        json.endArray();
        writeMore(json, "moreImages", images.size() - MOST_IMAGES);
    }

    /** Writes both names of images that the object, or the pods that it creates, get by another name. */
    private static void writeMutations(
            JsonOutput json, String field, Decision decision, Predicate<ImageMutation> which) {
        List<ImageMutation> selected =
                decision.mutations().stream().filter(which).limit(MOST_IMAGES).toList();
        if (selected.isEmpty()) {
            return;
        }
        json.name(field).beginArray();
        for (ImageMutation mutation : selected) {
            json.beginObject();
            json.field("from", named(mutation.image().text()));
            json.field("to", named(mutation.result()));
            json.field("patched", mutation.patched() && decision.allowed());
            json.endObject();
        }
        json.endArray();
    }

    private static void writeRules(JsonOutput json, List<Violation> violations) {
        json.name("rules").beginArray();
        Set<String> written = new HashSet<>();
        for (Violation violation : violations) {
            String name = Effects.rule(violation);
            if (written.size() < MOST_IMAGES && written.add(name)) {
                json.string(name);
            }
        }
        json.endArray();
    }

    /** Writes the outcome of each violated rule, with the first image of each outcome. */
    private static void writeViolations(JsonOutput json, List<Violation> violations) {
        if (violations.isEmpty()) {
            return;
        }
        Effects effects = Effects.of(violations);
        json.name("violations").beginArray();
        effects.shown().forEach(violation -> writeViolation(json, violation));
        json.endArray();
        writeMore(json, "moreViolations", effects.more());
    }

    private static void writeViolation(JsonOutput json, Violation violation) {
        json.beginObject();
        json.field("rule", Effects.rule(violation));
        json.field("outcome", violation.outcome().label());
        violation.exemption().ifPresent(exemption -> {
            json.field("exception", Effects.reason(exemption));
            json.field("expires", exemption.expires().toString());
        });
        Effects.ticket(violation).ifPresent(ticket -> json.field("ticket", ticket));
        if (violation.outcome() != ViolationOutcome.DENIED) {
            json.field("text", Effects.text(violation));
        }
        json.endObject();
    }

    private static void writeLookups(JsonOutput json, List<Lookup> lookups) {
        if (lookups.isEmpty()) {
            return;
        }
        json.name("lookups").beginArray();
        for (Lookup lookup : lookups.subList(0, Math.min(MOST_LOOKUPS, lookups.size()))) {
            json.beginObject();
            json.field("image", named(lookup.image().canonical()));
            json.field("need", lookup.need());
            json.field("state", lookup.label());
            json.field("detail", cut(lookup.detail(), LONGEST_DETAIL));
            json.field("micros", lookup.waited().toNanos() / NANOS_PER_MICRO);
            json.field("cached", lookup.cached());
            json.endObject();
        }
        json.endArray();
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
