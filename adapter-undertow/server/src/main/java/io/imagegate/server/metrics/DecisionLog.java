package io.imagegate.server.metrics;

import io.imagegate.policy.Decision;
import io.imagegate.policy.DecisionListener;
import io.imagegate.policy.ReviewFailure;
import io.imagegate.policy.Violation;
import io.imagegate.reference.SafeText;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import java.io.StringWriter;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes one line of JSON for each decision: time, id, namespace, images, violated rules and duration, or why the review
 * could not be decided. It has the fields of every JSON log line, too. Lines are bounded: long names are cut, and only the
 * first of many images are listed.
 */
public final class DecisionLog implements DecisionListener {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int MOST_IMAGES = 20;
    private static final int LONGEST_TEXT = 256;
    private static final int LONGEST_REASON = 1_024;
    private static final long NANOS_PER_MICRO = 1_000;

    private final boolean everything;
    private final Consumer<String> lines;
    private final String process =
            HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    private final AtomicLong count = new AtomicLong();

    /**
     * Creates a log.
     *
     * @param everything whether allowed reviews are logged, too
     * @param lines takes each line
     */
    public DecisionLog(boolean everything, Consumer<String> lines) {
        this.everything = everything;
        this.lines = lines;
    }

    @Override
    public void decided(ImageReview review, Decision decision, long nanos) {
        if (everything || !decision.allowed()) {
            lines.accept(line(decision.allowed(), json -> writeDecision(json, review, decision, nanos)));
        }
    }

    @Override
    public void failed(ReviewFailure failure, String reason) {
        lines.accept(line(false, json -> {
            json.writeStringProperty("failure", DecisionMetrics.kind(failure));
            json.writeStringProperty("reason", cut(reason, LONGEST_REASON));
        }));
    }

    private String line(boolean allowed, Consumer<JsonGenerator> rest) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("time", Instant.now().toString());
            json.writeStringProperty("level", "INFO");
            json.writeStringProperty("logger", "io.imagegate.decision");
            json.writeStringProperty("message", allowed ? "review allowed" : "review denied");
            json.writeStringProperty("event", allowed ? "allowed" : "denied");
            json.writeStringProperty("id", process + "-" + count.incrementAndGet());
            rest.accept(json);
            json.writeEndObject();
        }
        return text.toString();
    }

    private static void writeDecision(JsonGenerator json, ImageReview review, Decision decision, long nanos) {
        json.writeStringProperty("namespace", named(review.namespace()));
        writeImages(json, review.images());
        writeRules(json, decision.violations());
        if (!decision.allowed()) {
            json.writeStringProperty("reason", cut(decision.reason(), LONGEST_REASON));
        }
        json.writeNumberProperty("micros", nanos / NANOS_PER_MICRO);
    }

    private static void writeImages(JsonGenerator json, List<ReviewedImage> images) {
        json.writeArrayPropertyStart("images");
        images.stream().limit(MOST_IMAGES).forEach(image -> json.writeString(named(image.text())));
        json.writeEndArray();
        if (images.size() > MOST_IMAGES) {
            json.writeNumberProperty("moreImages", images.size() - MOST_IMAGES);
        }
    }

    private static void writeRules(JsonGenerator json, List<Violation> violations) {
        json.writeArrayPropertyStart("rules");
        violations.stream()
                .map(violation -> violation.policy() + "/" + violation.rule())
                .distinct()
                .limit(MOST_IMAGES)
                .forEach(json::writeString);
        json.writeEndArray();
    }

    /** A name that somebody else chose; a reason has such names escaped already. */
    private static String named(String text) {
        return SafeText.escape(SafeText.cut(text, LONGEST_TEXT)) + (text.length() > LONGEST_TEXT ? "…" : "");
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : SafeText.cut(text, longest) + "…";
    }
}
