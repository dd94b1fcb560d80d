package io.imagegate.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.fact.Fact;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.ImageMetadata;
import io.imagegate.fact.Need;
import io.imagegate.fact.PlatformImage;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ImageReview;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A rule on content")
class ContentTest {

    private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");
    private static final Digest INDEX = digest("a");
    private static final Digest AMD64 = digest("b");
    private static final Digest ARM64 = digest("c");
    private static final PlatformImage SAID_NOTHING = PlatformImage.of(AMD64, "linux/amd64");

    private static final List<Rule> RULES = List.of(
            Rules.maxAge(Duration.ofDays(180)),
            Rules.maxSize(1_000),
            Rules.platforms("linux/amd64"),
            Rules.labels(Map.of("a", "*")),
            Rules.annotations(Map.of("a", "*")),
            Rules.denyDigests(Set.of(digest("d"))));

    private static Digest digest(String digit) {
        return Digest.parse("sha256:" + digit.repeat(64));
    }

    static Stream<Rule> rules() {
        return Stream.concat(RULES.stream(), Stream.of(Rules.exists()));
    }

    private static Finding check(Rule rule, String image, ImageFacts facts) {
        ImageReview review = ImageReview.of("default", image);
        return rule.check(
                Candidate.of(ImageReference.parse(image), review.images().get(0), review)
                        .withFacts(facts));
    }

    private static Finding check(Rule rule, PlatformImage... images) {
        return check(rule, ImageMetadata.of(INDEX, List.of(images)));
    }

    private static Finding check(Rule rule, ImageMetadata metadata) {
        return check(rule, "nginx:1", ImageFacts.at(NOW).with(Need.METADATA, Fact.known(metadata)));
    }

    private static void assertViolated(Finding finding, String sentence) {
        assertThat(finding.outcome()).isEqualTo(Outcome.VIOLATED);
        assertThat(finding.message(Locale.ENGLISH)).isEqualTo(sentence);
    }

    private static void assertSatisfied(Finding finding) {
        assertThat(finding.outcome()).as(finding.toString()).isEqualTo(Outcome.SATISFIED);
    }

    @ParameterizedTest
    @MethodSource("rules")
    @DisplayName("is satisfied by no fact that is not known")
    void unknownFacts(Rule rule) {
        assertThat(check(rule, "nginx:1", ImageFacts.at(NOW)).outcome()).isEqualTo(Outcome.PENDING);
        assertThat(check(rule, Fact.absent("there is none"), Fact.absent("there is none")))
                .hasToString("VIOLATED: there is none");
        assertThat(check(rule, Fact.undecidable("too many"), Fact.undecidable("too many")))
                .hasToString("UNDECIDABLE: too many");
        assertThat(check(rule, Fact.unavailable("down"), Fact.unavailable("down")))
                .hasToString("UNAVAILABLE: down");
    }

    private static Finding check(Rule rule, Fact<Digest> digest, Fact<ImageMetadata> metadata) {
        return check(
                rule, "nginx:1", ImageFacts.at(NOW).with(Need.DIGEST, digest).with(Need.METADATA, metadata));
    }

    @Test
    @DisplayName("on existence is satisfied by a digest")
    void existence() {
        ImageFacts facts = ImageFacts.at(NOW).with(Need.DIGEST, Fact.known(INDEX));
        assertThat(check(Rules.exists(), "nginx:1", facts)).hasToString("SATISFIED: " + INDEX);
    }

    @ParameterizedTest(name = "created {0}, at most 180d: {1}")
    @CsvSource(
            delimiter = '#',
            value = {
                "2026-11-26T00:00:00Z # ",
                "2026-05-30T00:00:00Z # ",
                "2026-05-29T23:59:59.999Z # was created on 2026-05-29T23:59:59Z, more than 180d ago",
                "2026-11-26T00:05:00Z # ",
                "2026-11-26T00:05:00.001Z # says that it was created on 2026-11-26T00:05:00Z, which is in the future",
                "2000-01-01T00:00:00Z # was created on 2000-01-01T00:00:00Z, more than 180d ago",
                "1999-12-31T23:59:59Z # says that it was created on 1999-12-31T23:59:59Z, as reproducible builds do, so its age is unknown",
                "1970-01-01T00:00:00Z # says that it was created on 1970-01-01T00:00:00Z, as reproducible builds do, so its age is unknown",
                "-1000000000-01-01T00:00:00Z # says that it was created on -1000000000-01-01T00:00:00Z, as reproducible builds do, so its age is unknown",
                "+1000000000-12-31T23:59:59Z # says that it was created on +1000000000-12-31T23:59:59Z, which is in the future",
            })
    @DisplayName("on age compares the date with the instant")
    void age(Instant created, String problem) {
        Finding finding = check(Rules.maxAge(Duration.ofDays(180)), SAID_NOTHING.withCreated(created));
        if (problem == null) {
            assertSatisfied(finding);
        } else {
            assertViolated(finding, "the image for \"linux/amd64\" " + problem);
        }
    }

    @Test
    @DisplayName("on age is violated by an image without a date")
    void ageWithoutDate() {
        assertViolated(
                check(Rules.maxAge(Duration.ofDays(180)), SAID_NOTHING),
                "the image for \"linux/amd64\" does not say when it was created, so its age is unknown");
    }

    @Test
    @DisplayName("on size counts bytes")
    void size() {
        Rule rule = Rules.maxSize(2L << 30);
        assertSatisfied(check(rule, SAID_NOTHING.withSize(2L << 30)));
        assertViolated(
                check(rule, SAID_NOTHING.withSize((2L << 30) + 1)),
                "the image for \"linux/amd64\" has 2147483649 bytes; expected at most 2Gi");
        assertViolated(check(rule, SAID_NOTHING), "the size of the image for \"linux/amd64\" is unknown");
    }

    @ParameterizedTest(name = "platforms {0}, there are {1}: {2}")
    @CsvSource({
        "linux/amd64, linux/amd64, true",
        "linux/amd64, linux/arm64 linux/amd64, true",
        "linux/amd64 linux/arm64, linux/amd64, false",
        "linux/arm64, linux/arm64/v8, true",
        "linux/arm64/v8, linux/arm64, true",
        "linux/arm64, linux/arm64/v9, false",
        "linux/arm, linux/arm/v7, true",
        "linux/arm, linux/arm/v6, false",
        "linux/amd64, linux/amd64/v3, false",
        "linux/amd64, windows/amd64, false",
        "linux/amd64, LINUX/AMD64, false",
        "linux/amd64, amd64, false",
    })
    @DisplayName("on platforms wants all of them")
    void platforms(String wanted, String present, boolean satisfied) {
        PlatformImage[] images = Stream.of(present.split(" "))
                .map(platform -> PlatformImage.of(AMD64, platform))
                .toArray(PlatformImage[]::new);
        assertThat(check(Rules.platforms(wanted.split(" ")), images).outcome())
                .isEqualTo(satisfied ? Outcome.SATISFIED : Outcome.VIOLATED);
    }

    @Test
    @DisplayName("on platforms says which one is missing and, shortly, which there are")
    void missingPlatform() {
        PlatformImage[] images = Stream.generate(() -> PlatformImage.of(AMD64, "\u202e\n" + "x".repeat(100)))
                .limit(32)
                .toArray(PlatformImage[]::new);
        String other = "\"\\u202e\\n" + "x".repeat(38) + "\"... (102 characters), ";
        assertViolated(
                check(Rules.platforms("linux/amd64"), images),
                "there is no image for linux/amd64, only for " + other.repeat(8) + "…");
        assertViolated(
                check(Rules.platforms("linux/amd64"), Arrays.copyOf(images, 8)),
                "there is no image for linux/amd64, only for " + other.repeat(8).replaceFirst(", $", ""));
    }

    @ParameterizedTest(name = "label team={0}: {1}")
    @CsvSource(
            delimiter = '#',
            value = {
                "payments # ",
                "payments-eu # ",
                "xpayments # has the label \"team\" with the value \"xpayments\"; expected \"payments*\"",
                "Payments # has the label \"team\" with the value \"Payments\"; expected \"payments*\"",
                "'' # has the label \"team\" with the value \"\"; expected \"payments*\"",
            })
    @DisplayName("on labels and annotations compares values with globs")
    void texts(String value, String problem) {
        Map<String, String> globs = Map.of("team", "payments*");
        Map<String, String> texts = Map.of("team", value, "other", "x");
        Finding label = check(Rules.labels(globs), SAID_NOTHING.withLabels(texts));
        Finding annotation = check(Rules.annotations(globs), SAID_NOTHING.withAnnotations(texts));
        if (problem == null) {
            assertSatisfied(label);
            assertSatisfied(annotation);
        } else {
            String sentence = "the image for \"linux/amd64\" " + problem;
            assertViolated(label, sentence);
            assertViolated(annotation, sentence.replace("label", "annotation"));
        }
    }

    @Test
    @DisplayName("on labels does not take annotations for them, nor an index's annotations for an image's")
    void missingTexts() {
        Map<String, String> texts = Map.of("team", "payments");
        assertViolated(
                check(Rules.labels(Map.of("team", "*")), SAID_NOTHING.withAnnotations(texts)),
                "the image for \"linux/amd64\" does not have the label \"team\"");
        assertViolated(
                check(
                        Rules.annotations(Map.of("team", "*")),
                        ImageMetadata.of(INDEX, List.of(SAID_NOTHING.withLabels(texts)))
                                .withAnnotations(texts)),
                "the image for \"linux/amd64\" does not have the annotation \"team\"");
    }

    @Test
    @DisplayName("shows hostile text escaped and cut")
    void hostileText() {
        String hostile = "\u001b[31m\"" + "x".repeat(5_000);
        Finding finding = check(
                Rules.labels(Map.of("team", "payments")),
                PlatformImage.of(AMD64, hostile).withLabels(Map.of("team", hostile)));
        assertThat(finding.message(Locale.ENGLISH)).doesNotContain("\u001b").hasSizeLessThan(400);
    }

    @Test
    @DisplayName("holds for every image of an index")
    void everyImage() {
        PlatformImage good = SAID_NOTHING
                .withCreated(NOW)
                .withSize(1)
                .withLabels(Map.of("a", ""))
                .withAnnotations(Map.of("a", ""));
        PlatformImage bad = PlatformImage.of(ARM64, "linux/arm64");
        for (Rule rule : List.of(RULES.get(0), RULES.get(1), RULES.get(3), RULES.get(4))) {
            assertSatisfied(check(rule, good, good));
            assertThat(check(rule, good, bad).message(Locale.ENGLISH)).contains("\"linux/arm64\"");
            assertThat(check(rule, bad, good).isViolation()).isTrue();
        }
    }

    @Test
    @DisplayName("on denied digests compares the index and what it lists")
    void deniedDigests() {
        ImageMetadata metadata = ImageMetadata.of(INDEX, List.of(SAID_NOTHING, PlatformImage.of(ARM64, "linux/arm64")));
        for (Digest denied : List.of(INDEX, AMD64, ARM64)) {
            assertViolated(
                    check(Rules.denyDigests(Set.of(denied, digest("e"))), metadata),
                    "its content " + denied + " is one of the denied digests");
        }
        assertSatisfied(check(Rules.denyDigests(Set.of(digest("e"))), metadata));
        assertThat(check(Rules.denyDigests(Set.of(digest("e"))), metadata.withContents(Set.of()))
                        .outcome())
                .isEqualTo(Outcome.UNDECIDABLE);
    }

    @Test
    @DisplayName("on denied digests knows content by its SHA-256, whatever it was named by")
    void deniedDigestOfOtherName() {
        Digest sha512 = Digest.parse("sha512:" + "f".repeat(128));
        ImageMetadata metadata = ImageMetadata.of(sha512, List.of(PlatformImage.of(sha512, "linux/amd64")));
        Rule rule = Rules.denyDigests(Set.of(AMD64));
        assertThat(check(rule, metadata).outcome()).isEqualTo(Outcome.UNDECIDABLE);
        assertThat(check(rule, metadata.withContents(Set.of(AMD64))).outcome()).isEqualTo(Outcome.VIOLATED);
        assertThat(check(rule, metadata.withContents(Set.of(ARM64))).outcome()).isEqualTo(Outcome.SATISFIED);
    }

    @Test
    @DisplayName("on denied digests needs no registry for a digest that is written")
    void deniedDigestThatIsWritten() {
        ImageFacts down = ImageFacts.at(NOW).with(Need.METADATA, Fact.unavailable("down"));
        Rule rule = Rules.denyDigests(Set.of(AMD64));
        assertThat(check(rule, "nginx:1@" + AMD64, ImageFacts.NONE).outcome()).isEqualTo(Outcome.VIOLATED);
        assertThat(check(rule, "nginx:1@" + ARM64, down).outcome()).isEqualTo(Outcome.UNAVAILABLE);
    }

    @Test
    @DisplayName("is refused if it can never hold")
    void mistakes() {
        assertThatThrownBy(() -> Rules.maxAge(Duration.ZERO)).hasMessageContaining("expected a positive duration");
        assertThatThrownBy(() -> Rules.maxSize(0)).hasMessageContaining("expected a positive number of bytes");
        assertThatThrownBy(Rules::platforms).hasMessageContaining("expected at least one");
        assertThatThrownBy(() -> Rules.labels(Map.of())).hasMessageContaining("expected at least one");
        assertThatThrownBy(() -> Rules.denyDigests(Set.of())).hasMessageContaining("expected at least one");
        assertThatThrownBy(() -> Rules.denyDigests(Set.of(Digest.parse("sha512:" + "f".repeat(128)))))
                .hasMessageContaining("expected sha256:");
        for (String platform : List.of("", "linux", "Linux/amd64", "linux/amd64/", "linux/x86_64", "linux/aarch64")) {
            assertThatThrownBy(() -> Rules.platforms(platform)).hasMessageContaining("such as linux/amd64");
        }
        assertThatThrownBy(() -> Rules.platforms("linux/aarch64")).hasMessageEndingWith("(did you mean arm64?)");
    }
}
