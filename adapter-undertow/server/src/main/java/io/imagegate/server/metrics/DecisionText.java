package io.imagegate.server.metrics;

import io.imagegate.policy.Decision;
import io.imagegate.policy.Violation;
import io.imagegate.policy.ViolationOutcome;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import io.imagegate.server.log.LogFormat;
import io.imagegate.server.log.TimeText;
import io.imagegate.time.TimeSource;
import io.imagegate.webhook.ReviewEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes a decision as a line for people: {@code TIME denied NAMESPACE/NAME IMAGE by USER (GROUP): REASON; OUTCOME RULE: WHY}.
 * The name of the policies stands before the namespace if they have one, and behind it whether they are those of the last accepted set.
 */
final class DecisionText {

    /** In place of what the request does not tell. */
    private static final String NOT_TOLD = "-";

    private DecisionText() {}

    static String line(ReviewEvent event, Optional<String> policies) {
        String line = TimeText.of(TimeSource.system().instant()) + (event.allowed() ? " allowed " : " denied ")
                + DecisionLog.policySet(event).map(name -> name + " ").orElse("")
                + policies.map(which -> which + " ").orElse("")
                + known(event.namespace()) + "/" + known(event.name()) + " " + images(event) + user(event);
        String why = String.join("; ", reasons(event));
        return LogFormat.text.printed(why.isEmpty() ? line : line + ": " + why);
    }

    private static List<String> reasons(ReviewEvent event) {
        List<String> why = new ArrayList<>();
        if (!event.allowed()) {
            why.add(DecisionLog.cut(event.reason(), DecisionLog.LONGEST_REASON));
        }
        Effects effects = Effects.of(event.decision().map(Decision::violations).orElse(List.of()));
        effects.shown().stream()
                .filter(violation -> violation.outcome() != ViolationOutcome.DENIED)
                .map(DecisionText::effect)
                .forEach(why::add);
        if (effects.more() > 0) {
            why.add(effects.more() + " more");
        }
        return why;
    }

    /** The rule comes before what users choose, so that no long name displaces it. */
    private static String effect(Violation violation) {
        return violation.outcome().label() + " " + Effects.rule(violation)
                + violation
                        .exemption()
                        .map(exemption -> " until " + exemption.expires() + " (" + Effects.reason(exemption) + ")")
                        .orElse("")
                + Effects.ticket(violation).map(ticket -> " by " + ticket).orElse("") + ": " + Effects.text(violation);
    }

    private static String known(Optional<String> name) {
        return name.map(DecisionLog::named).orElse(NOT_TOLD);
    }

    private static String user(ReviewEvent event) {
        String groups = listed(DecisionLog.groups(event), DecisionLog.MOST_GROUPS);
        return event.user().map(name -> " by " + DecisionLog.named(name)).orElse("")
                + (groups.isEmpty() ? "" : " (" + groups + ")");
    }

    private static String images(ReviewEvent event) {
        List<String> images = event.review().map(ImageReview::images).orElse(List.of()).stream()
                .map(ReviewedImage::text)
                .toList();
        return images.isEmpty() ? NOT_TOLD : listed(images, DecisionLog.MOST_IMAGES);
    }

    private static String listed(List<String> names, int most) {
        String listed = names.stream().limit(most).map(DecisionLog::named).collect(Collectors.joining(", "));
        int more = names.size() - most;
        return more > 0 ? listed + " and " + more + " more" : listed;
    }
}
