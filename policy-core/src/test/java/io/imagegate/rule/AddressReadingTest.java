package io.imagegate.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.reference.ImageReference;
import io.imagegate.review.ImageReview;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Patterns and hosts that a client may read as another address")
class AddressReadingTest {

    private static Finding finding(Rule rule, String image) {
        ImageReview review = ImageReview.of(image);
        return rule.check(
                Candidate.of(ImageReference.parse(image), review.images().get(0), review));
    }

    @ParameterizedTest(name = "{0}: denied {1}, allowed {2}")
    @CsvSource({
        "127.0.0.1:5000/a, VIOLATED, SATISFIED",
        "2130706433:5000/a, UNDECIDABLE, UNDECIDABLE",
        "0x7f.1:5000/a, UNDECIDABLE, UNDECIDABLE",
        "017700000001:5000/a, UNDECIDABLE, UNDECIDABLE",
        "0127.0.0.1:5000/a, UNDECIDABLE, UNDECIDABLE",
        "127.1:5000/a, VIOLATED, SATISFIED",
        "2130706433/a, SATISFIED, VIOLATED",
        "2147483649:5000/a, SATISFIED, VIOLATED",
        "0x7f.1:5000/b, SATISFIED, VIOLATED",
        "ghcr.io/a, SATISFIED, VIOLATED",
    })
    @DisplayName("neither deny nor allow it")
    void unknown(String image, Outcome denied, Outcome allowed) {
        String pattern = "127.*:*/a";
        assertThat(finding(Rules.deny(pattern), image).outcome()).isEqualTo(denied);
        assertThat(finding(Rules.allow(pattern), image).outcome()).isEqualTo(allowed);
    }

    @Test
    @DisplayName("say which address")
    void message() {
        Finding finding = finding(Rules.deny("127.0.0.1:*/**"), "0x7F.1:5000/a");
        assertThat(finding.message(Locale.ENGLISH))
                .isEqualTo(
                        "its registry \"0x7F.1:5000\" may be read as 127.0.0.1:5000, which the pattern \"127.0.0.1:*/**\" matches; write the address with four numbers");
        assertThat(finding.message(Locale.SIMPLIFIED_CHINESE)).contains("0x7F.1:5000", "127.0.0.1:5000");
    }
}
