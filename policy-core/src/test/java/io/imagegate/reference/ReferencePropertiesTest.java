package io.imagegate.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ReferencePropertiesTest {

    @Property
    void canonicalFormIsReadAsItself(@ForAll("wellFormed") String text) {
        ImageReference reference = ImageReference.parse(text);
        ImageReference again = ImageReference.parse(reference.canonical());
        assertThat(again).isEqualTo(reference);
        assertThat(again.canonical()).isEqualTo(reference.canonical());
    }

    @Property
    void familiarFormIsReadAsTheSame(@ForAll("wellFormed") String text) {
        ImageReference reference = ImageReference.parse(text);
        Assume.that(!ReferenceArbitraries.isFamiliarFormAmbiguous(reference));
        ImageReference again = ImageReference.parse(reference.familiar());
        assertThat(again).isEqualTo(reference);
        assertThat(again.familiar()).isEqualTo(reference.familiar());
    }

    @Property
    void partsMakeUpTheCanonicalForm(@ForAll("wellFormed") String text) {
        ImageReference reference = ImageReference.parse(text);
        String registry = reference.hasRegistry() ? reference.registry() + "/" : "";
        String tag = reference.tag().map(t -> ":" + t).orElse("");
        String digest = reference.digest().map(d -> "@" + d).orElse("");
        assertThat(registry + reference.repository() + tag + digest).isEqualTo(reference.canonical());
    }

    @Property
    void whatIsAcceptedKeepsItsLaws(@ForAll("nearlyWellFormed") String text) {
        read(text).ifPresent(reference -> {
            canonicalFormIsReadAsItself(text);
            partsMakeUpTheCanonicalForm(text);
            if (!ReferenceArbitraries.isFamiliarFormAmbiguous(reference)) {
                familiarFormIsReadAsTheSame(text);
            }
        });
    }

    @Property
    void anyTextIsReadOrRefusedWithAPosition(@ForAll String text) {
        assertThat(read(text).map(ImageReference::text).orElse(text)).isEqualTo(text);
    }

    @Property
    void anyDigestIsReadOrRefused(@ForAll("nearlyWellFormed") String text) {
        try {
            assertThat(Digest.parse(text)).hasToString(text);
        } catch (ReferenceSyntaxException e) {
            assertPrintable(text, e);
        }
    }

    @Provide
    Arbitrary<String> wellFormed() {
        return ReferenceArbitraries.wellFormed();
    }

    @Provide
    Arbitrary<String> nearlyWellFormed() {
        return ReferenceArbitraries.nearlyWellFormed();
    }

    private static Optional<ImageReference> read(String text) {
        try {
            return Optional.of(ImageReference.parse(text));
        } catch (ReferenceSyntaxException e) {
            assertPrintable(text, e);
            return Optional.empty();
        }
    }

    private static void assertPrintable(String text, ReferenceSyntaxException e) {
        assertThat(e.offset()).isBetween(0, text.length());
        assertThat(e.getMessage()).matches("[ -~]*");
    }
}
