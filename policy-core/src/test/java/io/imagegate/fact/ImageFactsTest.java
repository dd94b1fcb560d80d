package io.imagegate.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.reference.Digest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ImageFactsTest {

    private static final Digest DIGEST = Digest.parse("sha256:" + "a".repeat(64));
    private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");

    @Test
    void whatWasNotLookedUpIsPending() {
        assertThat(ImageFacts.NONE.digest().state()).isEqualTo(Fact.State.PENDING);
        ImageFacts facts = ImageFacts.at(NOW).with(Need.DIGEST, Fact.known(DIGEST));
        assertThat(facts.digest().value()).contains(DIGEST);
        assertThat(facts.metadata().state()).isEqualTo(Fact.State.PENDING);
        assertThat(facts.instant()).isEqualTo(NOW);
    }

    @Test
    void needsAreWhatIsAskedForAndNotThere() {
        ImageFacts facts = ImageFacts.at(NOW).with(Need.DIGEST, Fact.known(DIGEST));
        assertThat(facts.needsOf(asked -> {
                    asked.digest();
                    asked.metadata();
                    asked.metadata();
                }))
                .containsExactly(Need.METADATA);
        assertThat(facts.needsOf(asked -> {})).isEmpty();
    }

    @Test
    void aRecordingInARecordingIsHeardByBoth() {
        ImageFacts outer = ImageFacts.NONE.recording();
        ImageFacts inner = outer.recording();
        inner.digest();
        outer.metadata();
        assertThat(inner.asked()).containsExactly(Need.DIGEST);
        assertThat(outer.asked()).containsExactly(Need.DIGEST, Need.METADATA);
        assertThat(ImageFacts.NONE.asked()).isEmpty();
    }

    @Test
    void factsAreAddedUpAndTheInstantStays() {
        ImageFacts old = ImageFacts.at(NOW).with(Need.DIGEST, Fact.undecidable("a redirect to another host"));
        ImageFacts found = ImageFacts.at(Instant.EPOCH)
                .with(Need.DIGEST, Fact.known(DIGEST))
                .with(Need.METADATA, Fact.absent("no manifest"));
        ImageFacts both = old.and(found);
        assertThat(both.digest().value()).contains(DIGEST);
        assertThat(both.metadata().reason()).isEqualTo("no manifest");
        assertThat(both.instant()).isEqualTo(NOW);
    }

    @Test
    void metadataHasAtLeastOneImageAndKnowsItsDigests() {
        assertThatThrownBy(() -> ImageMetadata.of(DIGEST, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("metadata of an image: expected at least one image, got none");
        Digest other = Digest.parse("sha256:" + "b".repeat(64));
        ImageMetadata metadata = ImageMetadata.of(DIGEST, List.of(PlatformImage.of(other, "linux/amd64")));
        assertThat(metadata.contents()).containsExactlyInAnyOrder(DIGEST, other);
    }

    @Test
    void aReasonIsASentence() {
        assertThatThrownBy(() -> Fact.unavailable(" "))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("reason of a fact: expected a sentence, got a blank text");
    }

    @Test
    void aFailureIsThatOfTheFirstFactThatIsAskedForAndThrew() {
        RuntimeException first = new IllegalStateException("first");
        RuntimeException second = new IllegalStateException("second");
        ImageFacts facts = ImageFacts.at(NOW)
                .with(Need.METADATA, Fact.failed("metadata threw", first))
                .with(Need.DIGEST, Fact.failed("digest threw", second));
        assertThat(facts.failureFor(ImageFacts::metadata)).containsSame(first);
        assertThat(facts.failureFor(asked -> {
                    asked.digest();
                    asked.metadata();
                }))
                .containsSame(second);
        assertThat(facts.failureFor(asked -> {})).isEmpty();
        ImageFacts sound = ImageFacts.at(NOW).with(Need.METADATA, Fact.undecidable("a limit"));
        assertThat(sound.failureFor(ImageFacts::metadata)).isEmpty();
        ImageFacts other = sound.with(Need.DIGEST, Fact.failed("digest threw", second));
        assertThat(other.failureFor(
                        asked -> assertThat(asked.metadata().reason()).isEqualTo("a limit")))
                .isEmpty();
    }

    @Test
    void aCachedFactIsTheSameMarked() {
        Fact<Digest> fresh = Fact.known(DIGEST);
        Fact<Digest> cached = fresh.asCached();
        assertThat(fresh.isCached()).isFalse();
        assertThat(cached.isCached()).isTrue();
        assertThat(cached.value()).contains(DIGEST);
        assertThat(cached.asCached()).isSameAs(cached);
        Throwable thrown = new IllegalStateException("x");
        assertThat(Fact.failed("it threw", thrown).asCached().failure()).containsSame(thrown);
        assertThat(fresh.failure()).isEmpty();
    }

    @Test
    void aNeedIsAskedForAgainAsTheSameFact() {
        FreshNeed<Digest> again = new FreshNeed<>(Need.DIGEST);
        assertThat(FreshNeed.asked(again)).isSameAs(Need.DIGEST);
        assertThat(FreshNeed.asked(Need.METADATA)).isSameAs(Need.METADATA);
        assertThat(again).hasToString(Need.DIGEST.toString());
        assertThat(Need.DIGEST.toString())
                .isNotEqualTo(Need.METADATA.toString())
                .isNotEmpty();
    }

    @Test
    void anImageHasWhatItIsMadeOf() {
        PlatformImage bare = PlatformImage.of(DIGEST, "linux/arm64/v8");
        assertThat(bare.size()).isEmpty();
        assertThat(bare.created()).isEmpty();
        PlatformImage image =
                bare.withSize(0).withCreated(NOW).withLabels(Map.of("a", "b")).withAnnotations(Map.of("c", "d"));
        assertThat(image.size()).hasValue(0);
        assertThat(image.withSize(7).size()).hasValue(7);
        assertThat(image.created()).contains(NOW);
        assertThat(image.labels()).containsExactly(Map.entry("a", "b"));
        assertThat(image.annotations()).containsExactly(Map.entry("c", "d"));
        assertThat(image.platform()).isEqualTo("linux/arm64/v8");
        assertThat(image.digest()).isEqualTo(DIGEST);
        assertThat(image).hasToString("linux/arm64/v8 " + DIGEST);
        assertThatThrownBy(() -> bare.withSize(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("size of an image: expected a number of bytes, got -1");
    }

    @Test
    void metadataIsShownByItsFirstPlatforms() {
        List<PlatformImage> images = Stream.of(
                        "linux/amd64", "linux/arm64", "linux/s390x", "linux/riscv64", "windows/amd64")
                .map(platform -> PlatformImage.of(DIGEST, platform))
                .toList();
        ImageMetadata three = ImageMetadata.of(DIGEST, images.subList(0, 3)).withAnnotations(Map.of("a", "b"));
        assertThat(three.images()).isEqualTo(images.subList(0, 3));
        assertThat(three.annotations()).containsExactly(Map.entry("a", "b"));
        assertThat(three).hasToString("for linux/amd64, linux/arm64, linux/s390x");
        assertThat(ImageMetadata.of(DIGEST, images))
                .hasToString("for linux/amd64, linux/arm64, linux/s390x and 2 more");
    }

    @Test
    void factsAreShownForLogs() {
        assertThat(Fact.known(DIGEST)).hasToString("KNOWN: " + DIGEST);
        assertThat(Fact.absent("no manifest")).hasToString("ABSENT: no manifest");
        assertThat(ImageFacts.NONE.digest()).hasToString("PENDING");
        assertThat(ImageFacts.at(NOW).with(Need.DIGEST, Fact.absent("no manifest")))
                .hasToString("{" + Need.DIGEST + "=ABSENT: no manifest}");
    }
}
