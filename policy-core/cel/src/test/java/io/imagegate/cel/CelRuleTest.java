package io.imagegate.cel;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.fact.PlatformImage;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Candidate;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Outcome;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What expressions find. */
class CelRuleTest {

    private static final String DIGEST = "@sha256:" + "a".repeat(64);

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '`', textBlock = """
            ghcr.io/acme/api:1.4      # image.registry == 'ghcr.io' && !image.tag.startsWith('dev') # SATISFIED
            ghcr.io/acme/api:dev-1    # image.registry == 'ghcr.io' && !image.tag.startsWith('dev') # VIOLATED
            nginx                     # image.registry == 'docker.io' && image.repository == 'library/nginx' # SATISFIED
            nginx                     # image.text == 'nginx'                        # SATISFIED
            nginx                     # image.text == 'docker.io/library/nginx'      # VIOLATED
            nginx                     # image.tag == 'latest' && image.digest == ''  # SATISFIED
            nginx:1.27                # image.tag == 'latest'                        # VIOLATED
            nginx:1.27                # image.tag.matches('^[0-9]+[.][0-9]+$')       # SATISFIED
            nginx:1.27-alpine         # image.tag.matches('^[0-9]+[.][0-9]+$')       # VIOLATED
            nginx:1.27                # image.tag.split('.').size() == 2             # SATISFIED
            nginx:1.27                # int(image.tag.split('.')[1]) >= 28           # VIOLATED
            nginx:1.27                # now > timestamp('2026-11-28T11:59:59Z')      # SATISFIED
            nginx:1.27                # now > timestamp('2026-11-28T12:00:00Z')      # VIOLATED
            nginx:1.27                # now.getDayOfWeek('UTC') == 6                 # SATISFIED
            nginx:1.27                # sets.contains(['1.26', '1.27'], [image.tag]) # SATISFIED
            """)
    void namesOfImages(String image, String expression, Outcome outcome) {
        assertThat(Checks.check(expression, Checks.image(image)).outcome()).isEqualTo(outcome);
    }

    @Test
    @DisplayName("an image with a digest alone has the tag ''")
    void digests() {
        Candidate image = Checks.image("nginx" + DIGEST);
        assertThat(Checks.check("image.tag == '' && image.digest.startsWith('sha256:aaa')", image)
                        .outcome())
                .isEqualTo(Outcome.SATISFIED);
        assertThat(Checks.check("image.tag == 'latest'", image).outcome()).isEqualTo(Outcome.VIOLATED);
        assertThat(Checks.check("image.tag == '1.27'", Checks.image("nginx:1.27" + DIGEST))
                        .outcome())
                .isEqualTo(Outcome.SATISFIED);
    }

    @Test
    @DisplayName("a digest that an image is to get is unknown")
    void expectedDigest() {
        Candidate image = Checks.image("nginx").expectingDigest();
        assertThat(Checks.check("image.digest != ''", image).outcome()).isEqualTo(Outcome.UNDECIDABLE);
        assertThat(Checks.check("image.tag == 'latest'", image).outcome()).isEqualTo(Outcome.SATISFIED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '`', textBlock = """
            request.namespace == 'prod'            # request.namespace == 'dev'
            request.kind == 'Deployment.apps'      # request.kind == 'Deployment'
            request.name == 'shop'                 # request.name == ''
            request.operation == 'CREATE'          # request.operation == 'UPDATE'
            request.user == 'jane'                 # request.user.startsWith('system:')
            'sre' in request.groups                # request.groups.all(g, g == 'sre')
            request.labels['team'] == 'pay'        # 'tier' in request.labels
            request.annotations.ticket == 'INC-7'  # has(request.annotations.tickets)
            request.annotations['ticket'].startsWith('INC-') # request.annotations.exists(k, k.startsWith('x'))
            container.type == 'init'               # container.type == 'container'
            container.name == 'migrate'            # container.name == 'app'
            """)
    void whatTheReviewTells(String satisfied, String violated) {
        Candidate told = Checks.told("nginx");
        assertThat(Checks.check(satisfied, told).outcome()).isEqualTo(Outcome.SATISFIED);
        assertThat(Checks.check(violated, told).outcome()).isEqualTo(Outcome.VIOLATED);
        for (String expression : new String[] {satisfied, violated}) {
            assertThat(Checks.check(expression, Checks.image("nginx")).outcome())
                    .isEqualTo(Outcome.UNDECIDABLE);
            assertThat(Checks.check("!(" + expression + ")", Checks.image("nginx"))
                            .outcome())
                    .isEqualTo(Outcome.UNDECIDABLE);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '`', textBlock = """
            request.user == 'jane' && image.tag == 'x'                 # VIOLATED
            image.tag == 'x' && request.user == 'jane'                 # VIOLATED
            request.user == 'jane' || image.tag == '1'                 # SATISFIED
            request.user == 'jane' || image.tag == 'x'                 # UNDECIDABLE
            request.user == 'jane' && image.tag == '1'                 # UNDECIDABLE
            has(request.user)                                          # UNDECIDABLE
            request.groups.exists(g, g == 'sre') && false              # VIOLATED
            (image.tag == '1' ? 'a' : request.user) == 'a'             # SATISFIED
            (image.tag == 'x' ? 'a' : request.user) == 'a'             # UNDECIDABLE
            [request.user, image.tag].exists(t, t == '1')              # UNDECIDABLE
            request == request                                         # UNDECIDABLE
            int(image.text) > 4 && image.tag == 'x'                    # VIOLATED
            int(image.text) > 4 || image.tag == '1'                    # SATISFIED
            int(image.text) > 4                                        # UNDECIDABLE
            !(int(image.text) > 4)                                     # UNDECIDABLE
            1 / 0 == 1                                                 # UNDECIDABLE
            [1][1] == 1                                                # UNDECIDABLE
            9223372036854775807 + 1 > 0                                # UNDECIDABLE
            duration('x') == duration('1h')                            # UNDECIDABLE
            dyn(image.tag) == 1                                        # VIOLATED
            dyn(image.tag) > 1                                         # UNDECIDABLE
            """)
    @DisplayName("unknown and failed operands have the logic of CEL")
    void threeValues(String expression, Outcome outcome) {
        assertThat(Checks.check(expression, Checks.image("nginx:1")).outcome()).isEqualTo(outcome);
    }

    @Test
    void sentencesSayWhy() {
        // An ImageReview tells the kind and the namespace.
        assertThat(Checks.check(
                        "container.type == 'init' || [request].exists(r, r.user == 'x')",
                        Checks.image(
                                "nginx:1",
                                ImageReview.of("nginx:1").toBuilder()
                                        .kind("Pod")
                                        .namespace("a")
                                        .build())))
                .hasToString(
                        "UNDECIDABLE: the review does not tell \"container.type\", \"request\" (annotations, groups, labels,"
                                + " name, operation, user), on which the expression depends");
        assertThat(Checks.check("request.user == 'x' || container.type == 'init'", Checks.image("nginx:1")))
                .hasToString("UNDECIDABLE: the review does not tell \"container.type\", \"request.user\", on which the"
                        + " expression depends");
        assertThat(Checks.check("image.tag == 'x'", Checks.image("nginx:1")))
                .hasToString("VIOLATED: the expression is false: image.tag == 'x'");
        assertThat(Checks.check("int(image.tag) > 4", Checks.image("nginx:v1")))
                .asString()
                .startsWith("UNDECIDABLE: the expression failed: ");
    }

    @Test
    @DisplayName("ImagePolicyWebhook tells some annotations")
    void annotationsOfImageReviews() {
        Candidate image = Checks.image(
                "nginx",
                ImageReview.builder()
                        .imagePolicyAnnotations(Map.of("a.image-policy.k8s.io/x", "1"))
                        .images("nginx")
                        .build());
        assertThat(Checks.check("request.annotations['a.image-policy.k8s.io/x'] == '1'", image)
                        .outcome())
                .isEqualTo(Outcome.SATISFIED);
        assertThat(Checks.check("'b.image-policy.k8s.io/x' in request.annotations", image)
                        .outcome())
                .isEqualTo(Outcome.VIOLATED);
        for (String unknown : new String[] {
            "request.annotations['team'] == '1'",
            "'team' in request.annotations",
            "request.annotations.size() == 1",
            "has(request.annotations.team)",
            "request.annotations.exists(k, k == 'team')",
            "request.annotations[image.tag] == 'x'",
            "request.annotations['a.image-policy.k8s.io/x'] == '1' && request.annotations['team'] == 'x'"
        }) {
            assertThat(Checks.check(unknown, image).outcome()).as(unknown).isEqualTo(Outcome.UNDECIDABLE);
        }
        assertThat(Checks.check("image.tag == 'latest' || request.annotations['team'] == 'x'", image)
                        .outcome())
                .isEqualTo(Outcome.SATISFIED);
    }

    private static final PlatformImage OLD = Checks.platform("linux/amd64")
            .withCreated(Instant.parse("2026-01-01T00:00:00Z"))
            .withSize(5_000)
            .withLabels(Map.of("team", "pay"))
            .withAnnotations(Map.of("a", "b"));

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '`', textBlock = """
            image.created > now - duration('8760h')        # image.created > now - duration('24h')
            image.size < 6000                              # image.size < 5000
            image.labels['team'] == 'pay'                  # image.labels.team == 'shop'
            'team' in image.labels                         # has(image.labels.tier)
            image.annotations == {'a': 'b'}                # image.annotations.size() == 0
            image.platforms == ['linux/amd64']             # image.platforms.exists(p, p.startsWith('windows/'))
            has(image.created)                             # !has(image.size)
            """)
    void facts(String satisfied, String violated) {
        Candidate image = Checks.image("nginx:1");
        Candidate known = Checks.with(image, OLD);
        assertThat(Checks.check(satisfied, known).outcome()).isEqualTo(Outcome.SATISFIED);
        assertThat(Checks.check(violated, known).outcome()).isEqualTo(Outcome.VIOLATED);
        assertThat(CelRule.of(satisfied).looksAtContent()).isTrue();
        for (String expression : new String[] {satisfied, violated}) {
            assertThat(Checks.check(expression, image).outcome()).isEqualTo(Outcome.PENDING);
            assertThat(Checks.check(expression, Checks.with(image, Fact.unavailable("down"))))
                    .hasToString("UNAVAILABLE: down");
            assertThat(Checks.check(expression, Checks.with(image, Fact.undecidable("large"))))
                    .hasToString("UNDECIDABLE: large");
            assertThat(Checks.check(expression, Checks.with(image, Fact.absent("no such image"))))
                    .hasToString("UNDECIDABLE: no such image");
        }
    }

    @Test
    @DisplayName("what an image does not say is undecidable, unless the expression asks whether it does")
    void missingFacts() {
        Candidate image = Checks.with(Checks.image("nginx:1"), Checks.platform("linux/amd64"));
        assertThat(Checks.check("image.created < now", image))
                .hasToString("UNDECIDABLE: the expression failed: the image has no created");
        assertThat(Checks.check("image.size < 5", image).outcome()).isEqualTo(Outcome.UNDECIDABLE);
        assertThat(Checks.check("image.labels['x'] == 'y'", image).outcome()).isEqualTo(Outcome.UNDECIDABLE);
        assertThat(Checks.check("has(image.created) && image.created < now", image)
                        .outcome())
                .isEqualTo(Outcome.VIOLATED);
        assertThat(Checks.check("image.labels.size() == 0", image).outcome()).isEqualTo(Outcome.SATISFIED);
    }

    @Test
    @DisplayName("of an index, the expression must be true for each image")
    void indexes() {
        Candidate image = Checks.with(
                Checks.image("nginx:1"), OLD, Checks.platform("linux/arm64/v8").withSize(7_000));
        assertThat(Checks.check("image.size < 8000", image).outcome()).isEqualTo(Outcome.SATISFIED);
        assertThat(Checks.check("image.size < 6000", image))
                .hasToString("VIOLATED: the expression is false for \"linux/arm64/v8\": image.size < 6000");
        assertThat(Checks.check("image.created < now", image))
                .hasToString("UNDECIDABLE: the expression failed: the image has no created for \"linux/arm64/v8\"");
        assertThat(Checks.check("image.size == 5000 && image.created < now", image)
                        .outcome())
                .isEqualTo(Outcome.VIOLATED);
        assertThat(Checks.check("image.platforms == ['linux/amd64', 'linux/arm64/v8']", image)
                        .outcome())
                .isEqualTo(Outcome.SATISFIED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image.tag == 'x' && image.size < 5",
                "image.size < 5 && image.tag == 'x'",
                "image.tag == '1' || image.size < 5",
                "image.tag == '1' ? true : image.size < 5"
            })
    @DisplayName("a fact that cannot change the value is not looked up")
    void factsThatAreNotReached(String expression) {
        assertThat(Checks.check(expression, Checks.image("nginx:1")).outcome())
                .isIn(Outcome.VIOLATED, Outcome.SATISFIED);
    }

    @Test
    @DisplayName("of what is not told and an outage, what is not told comes first")
    void untoldAndUnavailable() {
        Candidate down = Checks.with(Checks.image("nginx:1"), Fact.unavailable("down"));
        assertThat(Checks.check("image.size < 5 && request.user == 'x'", down).outcome())
                .isEqualTo(Outcome.UNDECIDABLE);
        assertThat(Checks.check("image.size < 5 && request.user == 'x'", Checks.image("nginx:1"))
                        .outcome())
                .isEqualTo(Outcome.PENDING);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '`', textBlock = """
            int(image.tag) > 5 && image.size < 5                              # UNDECIDABLE
            image.size < 5 && int(image.tag) > 5                              # UNDECIDABLE
            image.size < 5 || int(image.tag) > 5                              # UNDECIDABLE
            !(image.size < 5 && (int(image.tag) > 5 && image.size < 6))       # UNDECIDABLE
            image.size < 5 && image.tag.startsWith('v') && int(image.tag) > 5 # UNDECIDABLE
            image.size < 5 && image.tag == 'v1'                               # UNAVAILABLE
            image.size < 5 && (image.tag == 'v1' || int(image.tag) > 5)       # UNAVAILABLE
            image.size < 5 && (int(image.tag) > 5 || image.tag == 'v1')       # UNAVAILABLE
            (int(image.tag) > 5 && image.tag == 'v2') || image.size < 5       # UNAVAILABLE
            ((int(image.tag) > 5 && image.size < 5) || image.tag == 'v1') && image.size < 5 # UNAVAILABLE
            image.size < 5 && [1, 2].all(x, x < 3 && image.size < x)          # UNAVAILABLE
            int(image.tag) > 5 && image.size < 5 && image.tag == 'v2'         # VIOLATED
            """)
    @DisplayName("of an error and an outage, the error comes first")
    void failedAndUnavailable(String expression, Outcome outcome) {
        Candidate down = Checks.with(Checks.image("nginx:v1"), Fact.unavailable("down"));
        assertThat(Checks.check(expression, down).outcome()).isEqualTo(outcome);
    }

    @Test
    void ownSentences() {
        CelRule rule = CelRule.of("image.tag == 'x'").withMessage("'the tag is ' + image.tag + ', expected x'");
        assertThat(rule.check(Checks.image("nginx:1"))).hasToString("VIOLATED: the tag is 1, expected x");
        assertThat(rule.check(Checks.image("nginx:x"))).isSameAs(Finding.satisfied());
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "' '", "request.user", "string(1 / 0)", "string(image.size)"})
    @DisplayName("a sentence that cannot be made is replaced, and looks nothing up")
    void noOwnSentence(String message) {
        assertThat(CelRule.of("image.tag == 'x'").withMessage(message).check(Checks.image("nginx:1")))
                .hasToString("VIOLATED: the expression is false: image.tag == 'x'");
    }

    @Test
    @DisplayName("sentences are escaped and cut")
    void hostileSentences() {
        CelRule rule = CelRule.of("false").withMessage("request.user");
        String user = "eve\n\u202e" + "x".repeat(2_000);
        Finding finding = rule.check(Checks.image(
                "nginx", ImageReview.builder().user(user).images("nginx").build()));
        assertThat(finding.toString()).doesNotContain("\n", "\u202e").hasSizeLessThan(600);
        assertThat(Checks.check(
                                "int(request.user) == 1",
                                Checks.image(
                                        "nginx",
                                        ImageReview.builder()
                                                .user(user)
                                                .images("nginx")
                                                .build()))
                        .toString())
                .doesNotContain("\n", "\u202e")
                .hasSizeLessThan(400);
    }
}
