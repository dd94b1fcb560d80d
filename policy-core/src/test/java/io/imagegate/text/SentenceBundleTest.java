package io.imagegate.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import org.junit.jupiter.api.Test;

class SentenceBundleTest {

    private final SentenceBundle bundle = new SentenceBundle("io.imagegate.rule.messages");

    @Test
    void hasTheSentencesOfEachLanguage() {
        String english = bundle.fill(Locale.ENGLISH, "tag.denied", List.of("latest"));
        String chinese = bundle.fill(Locale.SIMPLIFIED_CHINESE, "tag.denied", List.of("latest"));
        assertThat(english).contains("latest").isNotEqualTo(chinese).matches("\\p{ASCII}*");
        assertThat(chinese).contains("latest").doesNotMatch("\\p{ASCII}*");
        assertThat(bundle.fill(Locale.ENGLISH, "tag.denied", List.of("latest")))
                .as("asked again")
                .isEqualTo(english);
    }

    @Test
    void aKeyThatIsMissingIsNamed() {
        assertThatThrownBy(() -> bundle.fill(Locale.ENGLISH, "no.such.key", List.of()))
                .isInstanceOf(MissingResourceException.class)
                .hasMessageContaining("no.such.key");
    }
}
