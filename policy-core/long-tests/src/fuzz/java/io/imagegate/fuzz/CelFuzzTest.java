package io.imagegate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.imagegate.cel.CelRule;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ContainerType;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import io.imagegate.rule.Candidate;
import io.imagegate.rule.CelSyntaxException;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Outcome;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** An expression is refused, or finds the same each time; what holds of an image of which less is told holds of the whole, too. */
@WhereJazzerRuns
class CelFuzzTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-28T12:00:00Z"));
    private static final String IMAGE = "ghcr.io/acme/api:1.2";

    private static final Candidate LESS = candidate(ImageReview.of(IMAGE));
    private static final Candidate WHOLE = candidate(ImageReview.builder()
            .namespace("prod")
            .kind("Deployment.apps")
            .name("shop")
            .operation("CREATE")
            .user("jane")
            .groups(List.of("sre", "dev"))
            .labels(Map.of("team", "pay"))
            .podAnnotations(Map.of("ticket", "INC-7"))
            .images(List.of(ReviewedImage.of(IMAGE, "spec.template.spec.containers", 0)
                    .withContainer(ContainerType.INIT, "migrate")))
            .build());

    private static Candidate candidate(ImageReview review) {
        return Candidate.of(ImageReference.parse(IMAGE), review.images().get(0), review, CLOCK);
    }

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "image.registry == 'ghcr.io' && !image.tag.startsWith('dev')",
                        "image.tag.matches('^[a-z]{1,10}(-[0-9]+)*$') ? request.user != '' : size(image.text) < 5",
                        "request.groups.exists(g, g.split('-')[0] in ['sre', \"dev\"]) || now > timestamp('2026-11-28T00:00:00Z')",
                        "image.created > now - duration('24h') && has(image.labels.team) && image.size / 2 % 3 == 1",
                        "{'a': [1, 2.5, 3u]}.a.map(x, dyn(x) + 1).filter(y, type(y) == int).size() >= 0x1F")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void anExpressionFindsTheSameOrIsRefused(byte[] data) {
        String text = new String(data, UTF_8);
        CelRule rule;
        try {
            rule = CelRule.of(text);
        } catch (CelSyntaxException refused) {
            assertThat(refused.getMessage()).hasSizeLessThan(2000).matches("[ -~\u2026]+");
            return;
        }
        assertThat(rule).hasToString(text);
        Finding less = LESS.findingOf(rule);
        Finding whole = WHOLE.findingOf(rule);
        assertThat(WHOLE.findingOf(rule)).hasToString(whole.toString());
        if (less.outcome() == Outcome.SATISFIED || less.outcome() == Outcome.VIOLATED) {
            assertThat(whole.outcome()).isEqualTo(less.outcome());
        }
        assertThat(whole.outcome()).isNotEqualTo(Outcome.UNAVAILABLE);
    }
}
