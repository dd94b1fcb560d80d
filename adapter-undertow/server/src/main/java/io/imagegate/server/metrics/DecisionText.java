package io.imagegate.server.metrics;

import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import io.imagegate.server.log.LogFormat;
import io.imagegate.server.log.TimeText;
import io.imagegate.time.TimeSource;
import io.imagegate.webhook.ReviewEvent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes a decision as a line for people: {@code TIME denied NAMESPACE/NAME IMAGE: REASON}, with the name of the policies before
 * the namespace if they have one. */
final class DecisionText {

    /** In place of what the request does not tell. */
    private static final String NOT_TOLD = "-";

    private DecisionText() {}

    static String line(ReviewEvent event) {
        String line = TimeText.of(TimeSource.system().instant()) + (event.allowed() ? " allowed " : " denied ")
                + DecisionLog.policySet(event).map(name -> name + " ").orElse("")
                + told(event.namespace()) + "/" + told(event.name()) + " " + images(event);
        return LogFormat.text.printed(
                event.allowed() ? line : line + ": " + DecisionLog.cut(event.reason(), DecisionLog.LONGEST_REASON));
    }

    private static String told(Optional<String> name) {
        return name.map(DecisionLog::named).orElse(NOT_TOLD);
    }

    private static String images(ReviewEvent event) {
        List<ReviewedImage> images = event.review().map(ImageReview::images).orElse(List.of());
        if (images.isEmpty()) {
            return NOT_TOLD;
        }
        String listed = images.stream()
                .limit(DecisionLog.MOST_IMAGES)
                .map(image -> DecisionLog.named(image.text()))
                .collect(Collectors.joining(", "));
        int more = images.size() - DecisionLog.MOST_IMAGES;
        return more > 0 ? listed + " and " + more + " more" : listed;
    }
}
