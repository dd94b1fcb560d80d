package io.imagegate.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.JsonTree;
import io.imagegate.Recorded;
import io.imagegate.kubernetes.AdmissionRequest;
import io.imagegate.kubernetes.ImageReviewRequest;
import io.imagegate.kubernetes.KubernetesObject;
import io.imagegate.kubernetes.ObjectPlaces;
import io.imagegate.kubernetes.ReviewRequest;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import io.imagegate.syntax.JsonCursor;
import io.imagegate.syntax.JsonPeer;
import io.imagegate.workload.Workloads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/** Two readers of reviews, over recorded bodies that were changed: the same request is read, or both refuse. */
class ReviewDecoderPeerTest {

    private static final ReviewDecoder DECODER = new ReviewDecoder(WireLimits.DEFAULTS);
    private static final String REFUSED = "refused";
    private static final Pattern TOKEN = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|[\\[\\]{}:,]|[^\\s\\[\\]{}:,\"]+");
    private static final List<String> TOKENS = List.of(
            "null",
            "true",
            "1",
            "\"\"",
            "\"nginx\"",
            "\"x\\ny\"",
            "[]",
            "{}",
            "[null]",
            "[{}]",
            "[{\"image\":\"a:1\"}]",
            "\"image\"",
            "\"im\\u0061ge\"",
            "\"containers\"",
            "\"initContainers\"",
            "\"ephemeralContainers\"",
            "\"volumes\"",
            "\"annotations\"",
            "\"labels\"",
            "\"groups\"",
            "\"userInfo\"",
            "\"spec\"",
            "\"template\"",
            "\"jobTemplate\"",
            "\"metadata\"",
            "\"kind\"",
            "\"apiVersion\"",
            "\"uid\"",
            "\"object\"",
            "\"oldObject\"",
            "\"namespace\"",
            "\"Pod\"",
            "\"CronJob\"",
            "\"apps\"",
            "\"ImageReview\"",
            "\"reference\"",
            "\"deletionTimestamp\"",
            "{\"reference\":\"a/b:1\"}",
            "{\"a\":\"b\",\"c\":null}",
            "{\"spec\":{\"containers\":[{\"image\":\"z\"}]}}",
            "\"\\ud83d\\ude00\"",
            ",",
            "}",
            "]");
    private static final List<String> BODIES = Recorded.all();

    private static String read(byte[] body) {
        try {
            ReviewRequest request = DECODER.decode(body, body.length, ObjectPlaces.of(Workloads.wellKnown()));
            return request instanceof ImageReviewRequest asked
                    ? text(asked.review())
                    : text((AdmissionRequest) request);
        } catch (MalformedReviewException e) {
            return REFUSED;
        }
    }

    private static String text(ImageReview review) {
        return review.namespace() + new TreeMap<>(review.annotations()) + images(review.images());
    }

    private static String text(AdmissionRequest r) {
        return String.join(
                        "|",
                        r.uid(),
                        r.operation(),
                        r.subresource(),
                        r.namespace(),
                        r.name(),
                        r.user(),
                        r.groups() + r.kind().toString())
                + "|" + r.dryRun() + text(r.object()) + text(r.oldObject());
    }

    private static String text(@Nullable KubernetesObject object) {
        return object == null
                ? " none"
                : " " + new TreeMap<>(object.annotations())
                        + (object.labels() == null ? null : new TreeMap<>(object.labels())) + object.isBeingDeleted()
                        + images(object.images());
    }

    private static List<String> images(List<ReviewedImage> images) {
        return images.stream()
                .map(i -> i.list() + "[" + i.index() + "]=" + i.text())
                .toList();
    }

    private static String peer(byte[] body) {
        if (JsonPeer.characters(body).equals(JsonPeer.MALFORMED)) {
            return REFUSED;
        }
        try {
            Object tree = JsonTree.read(new String(body, UTF_8));
            return tree == null ? REFUSED : ReviewPeer.request(tree);
        } catch (ClassCastException e) {
            return REFUSED;
        }
    }

    /** Whether what is left out by the one reader is looked at by the other: fields that the kind gives no meaning. */
    private static boolean isAmbiguous(byte[] body) {
        Object tree = JsonTree.read(new String(body, UTF_8));
        return tree instanceof Map<?, ?> root && root.containsKey("spec") && root.containsKey("request");
    }

    private static String change(String body, Random random) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(body);
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int at = random.nextInt(tokens.size());
            switch (random.nextInt(6)) {
                case 0 -> tokens.set(at, tokens.get(random.nextInt(tokens.size())));
                case 1 -> tokens.set(at, "\"" + "x".repeat(random.nextInt(20)) + "\"");
                default -> {
                    // A value for a value, or a name for a name, far more often than what breaks the text.
                    int value = tokens.indexOf(":") < 0 ? at : nextValue(tokens, at);
                    tokens.set(value, TOKENS.get(random.nextInt(TOKENS.size())));
                }
            }
        }
        return String.join("", tokens);
    }

    private static int nextValue(List<String> tokens, int from) {
        for (int i = from; i < tokens.size() - 1; i++) {
            if (tokens.get(i).startsWith("\"")) {
                return i;
            }
        }
        return from;
    }

    @Property(tries = 3_000)
    void changedBodiesAreReadAlike(@ForAll Random random) {
        byte[] body = change(BODIES.get(random.nextInt(BODIES.size())), random).getBytes(UTF_8);
        String expected = peer(body);
        String actual = read(body);
        Statistics.label("what is read")
                .collect(actual.equals(REFUSED) ? REFUSED : "a request")
                .coverage(coverage -> coverage.check("a request").percentage(share -> share > 10));
        if (!expected.equals(actual) && !JsonPeer.characters(body).equals(JsonPeer.MALFORMED) && isAmbiguous(body)) {
            return;
        }
        if (!actual.equals(REFUSED) && JsonPeer.characters(body).equals(JsonPeer.MALFORMED)) {
            // A name that comes twice in what means nothing is not noticed; nothing else that is malformed passes.
            assertThat(JsonPeer.skips(
                            JsonCursor.of(body, body.length, WireLimits.DEFAULTS.text(), MalformedReviewException::at)))
                    .isTrue();
            assertThat(JsonPeer.withDuplicates(body)).isNotEqualTo(JsonPeer.MALFORMED);
            return;
        }
        assertThat(actual).as(new String(body, UTF_8)).isEqualTo(expected);
    }

    @Property(tries = 3_000)
    void damagedBodiesAreReadAlikeOrRefused(@ForAll Random random) {
        byte[] body = BODIES.get(random.nextInt(BODIES.size())).getBytes(UTF_8).clone();
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            body[random.nextInt(body.length)] =
                    (byte) (random.nextBoolean() ? random.nextInt(256) : ' ' + random.nextInt(95));
        }
        String actual = read(body);
        if (!JsonPeer.withDuplicates(body).equals(JsonPeer.MALFORMED)
                && JsonPeer.characters(body).equals(JsonPeer.MALFORMED)) {
            return;
        }
        assertThat(actual).as(new String(body, UTF_8)).isEqualTo(peer(body));
    }
}
