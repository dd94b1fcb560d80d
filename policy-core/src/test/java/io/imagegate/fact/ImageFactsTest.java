package io.imagegate.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.reference.Digest;
import java.time.Instant;
import java.util.List;
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
}
