package io.imagegate.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three ways to read blocks: nothing beside them, comments beside them, anything beside them. */
class PemTest {

    private static final String BLOCK = "-----BEGIN X-----\nAAAA\nBBBB\n-----END X-----\n";
    private static final Pem READ = new Pem("X", "AAAABBBB");

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "-----BEGIN Y-----\r\n-----END Y-----\r\n\r\n"})
    @DisplayName("each way reads blocks, with any ends of lines and empty lines between them")
    void each(String before) {
        assertThat(Pem.parse(before + BLOCK)).endsWith(READ);
        assertThat(Pem.parseFile(before + BLOCK)).isEqualTo(Pem.parse(before + BLOCK));
        assertThat(Pem.find(before + BLOCK)).isEqualTo(Pem.parse(before + BLOCK));
    }

    @ParameterizedTest
    @ValueSource(strings = {"# a comment\n" + BLOCK, "  " + BLOCK, BLOCK + "\t\n"})
    @DisplayName("files may have comments and white space, of which parts of signatures have none")
    void comments(String text) {
        assertThat(Pem.parseFile(text)).containsExactly(READ);
        assertThatThrownBy(() -> Pem.parse(text)).hasMessage("text that is not PEM");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text\n" + BLOCK, BLOCK + "text", "-----BEGIN Y-----\nAAAA\n" + BLOCK})
    @DisplayName("files of other programs may have any text around blocks, also blocks without an end")
    void text(String text) {
        assertThat(Pem.find(text)).containsExactly(READ);
        assertThatThrownBy(() -> Pem.parseFile(text)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Pem.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("a block with headers, as encrypted keys of older forms have, is not found")
    void headers() {
        assertThat(Pem.find("-----BEGIN X-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END X-----\n"))
                .isEmpty();
    }

    @Test
    @DisplayName("a block that does not end is refused, and so is one that ends as another")
    void withoutEnd() {
        for (String text : new String[] {"-----BEGIN X-----\nAAAA\n", BLOCK.replace("END X", "END Y")}) {
            assertThatThrownBy(() -> Pem.parse(text)).hasMessage("a block of PEM without its end");
            assertThatThrownBy(() -> Pem.parseFile(text)).hasMessage("a block of PEM without its end");
            assertThat(Pem.find(text)).isEmpty();
        }
    }

    @Test
    @DisplayName("base64 is decoded when the content is asked for")
    void content() {
        assertThat(READ.content()).hasSize(6);
        Pem wrong = new Pem("X", "A");
        assertThatThrownBy(wrong::content).isInstanceOf(IllegalArgumentException.class);
    }
}
