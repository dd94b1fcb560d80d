package io.imagegate.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceSyntaxTest {

    @ParameterizedTest(name = "[{0}] is refused: {1} at {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                       | empty             | 0
            docker/Nginx             | uppercase         | 7
            NGINX                    | uppercase         | 0
            gcr.io/team/App:1        | uppercase         | 12
            https://gcr.io/app       | scheme            | 0
            ko://example.com/cmd/app | ko                | 0
            <image>                  | placeholder       | 0
            {IMAGE}                  | placeholder       | 0
            ghcr.io/acme/<app>:1     | placeholder       | 13
            /nginx                   | empty-segment     | 0
            gcr.io/                  | empty-segment     | 7
            gcr.io//app              | empty-segment     | 7
            team//app                | empty-segment     | 5
            team/                    | empty-segment     | 5
            :1.0                     | empty-segment     | 0
            gcr.io/:1.0              | empty-segment     | 7
            nginx-                   | separator         | 5
            nginx-:1                 | separator         | 5
            -nginx                   | separator         | 0
            a..b                     | separator         | 2
            a___b                    | separator         | 3
            a.-b                     | separator         | 2
            team_/app                | separator         | 5
            nginx!                   | character         | 5
            nginx*                   | character         | 5
            [::1/app                 | registry-host     | 4
            []:80/app                | registry-host     | 1
            [::1]x/app               | registry-host     | 5
            gcr..io/app              | registry-host     | 4
            .gcr.io/app              | registry-host     | 0
            gcr.io./app              | registry-host     | 7
            gcr.io.:80/app           | registry-host     | 7
            gcr-.io/app              | registry-host     | 4
            gcr.io-/app              | registry-host     | 6
            -gcr.io/app              | registry-host     | 0
            foo_bar.com:5000/app     | registry-host     | 3
            Foo_bar/app              | registry-host     | 3
            gcr.io:/app              | registry-port     | 7
            gcr.io:80a/app           | registry-port     | 9
            nginx:v1/2               | registry-port     | 6
            nginx:                   | empty-tag         | 6
            nginx:@sha256:00         | empty-tag         | 6
            nginx:-1                 | tag               | 6
            nginx:.1                 | tag               | 6
            nginx:1:2                | tag               | 7
            nginx:1+2                | tag               | 7
            nginx@                   | digest            | 6
            nginx@sha256             | digest            | 6
            nginx@:00                | digest            | 6
            nginx@md5:00             | digest-algorithm  | 6
            nginx@SHA256:00          | digest-algorithm  | 6
            nginx@sha256:00          | digest-length     | 15
            nginx@sha256:0A          | digest            | 14
            nginx\u0080              | not-ascii         | 5
            `nginx\u0008`            | character         | 5
            `nginx\u000e`            | character         | 5
            `nginx\t1`               | white-space       | 5
            `nginx\r1`               | white-space       | 5
            ` nginx`                 | white-space       | 0
            `nginx `                 | white-space       | 5
            `gcr.io /app`            | white-space       | 6
            `nginx:1 `               | white-space       | 7
            """)
    void malformedReference(String text, String code, int offset) {
        ReferenceSyntaxException refused = refuse(text);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.offset()).isEqualTo(offset);
    }

    @ParameterizedTest(name = "{0} {1} is refused: {2} at {3}")
    @CsvSource({
        "255, '',                              '',  repository-length, 247",
        "248, docker.io/,                      '',  repository-length, 257",
        "256, gcr.io/,                         '',  repository-length, 262",
        "256, team/,                           '',  repository-length, 255",
        "10,  '',         129,  tag-length,        139",
        "521, '',                              '',  too-long,          520",
        "521, gcr.io/,                         '',  too-long,          527"
    })
    void tooLong(int repository, String prefix, String tag, String code, int offset) {
        String suffix = tag.isEmpty() ? "" : ":" + "1".repeat(Integer.parseInt(tag));
        ReferenceSyntaxException refused = refuse(prefix + "a".repeat(repository) + suffix);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.offset()).isEqualTo(offset);
    }

    @ParameterizedTest(name = "[{0}] behind the longest tag: {1}")
    @CsvSource({"., tag-length", "-, tag-length", "_, tag-length", "A, tag-length", "a, tag-length", "+, tag", ":, tag"
    })
    void oneCharacterMoreThanTheLongestTag(String character, String code) {
        ReferenceSyntaxException refused = refuse("nginx:" + "1".repeat(128) + character);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.offset()).isEqualTo(134);
    }

    @Test
    void longestPartsAreAccepted() {
        String longest = "gcr.io/" + "a".repeat(255) + ":" + "1".repeat(128) + "@sha512:" + "f".repeat(128);
        assertThat(ImageReference.parse(longest).repository()).hasSize(255);
        assertThat(ImageReference.parse("a".repeat(247)).repository()).hasSize(255);
    }

    @Test
    void sixtyFourHexadecimalDigitsAreAnImageId() {
        String id = "0123456789abcdef".repeat(4);
        assertThat(refuse(id).code()).isEqualTo(ReferenceProblem.IMAGE_ID.code());
        assertThat(ImageReference.parse(id + ":1").repository()).isEqualTo("library/" + id);
        assertThat(ImageReference.parse("a/" + id).repository()).isEqualTo("a/" + id);
        assertThat(ImageReference.parse(id.substring(1)).repository()).isEqualTo("library/" + id.substring(1));
    }

    @Test
    void messageSaysWhatAndWhere() {
        assertThat(refuse("docker/Nginx"))
                .hasMessage("image \"docker/Nginx\": character 8 'N': repository must be lowercase");
        assertThat(refuse("nginx:")).hasMessage("image \"nginx:\": at the end: tag must not be empty");
        assertThat(refuse("")).hasMessage("image \"\": a reference must not be empty");
        assertThat(catchThrowableOfType(ReferenceSyntaxException.class, () -> Digest.parse("sha1:00")))
                .hasMessageStartingWith("digest \"sha1:00\": character 1 's': digest algorithm must be");
    }

    @Test
    void messageShowsOnlyPrintableAscii() {
        assertThat(refuse("nginx\n").getMessage())
                .isEqualTo("image \"nginx\\n\": character 6 '\\n': white space is not allowed");
        assertThat(refuse("\u202enginx\"\u001b[2J").getMessage()).startsWith("image \"\\u202enginx\\\"\\u001b[2J\": ");
        assertThat(refuse("ng\u0456nx").getMessage())
                .contains("character 3 '\\u0456' (CYRILLIC SMALL LETTER BYELORUSSIAN-UKRAINIAN I): only ASCII");
        assertThat(refuse("nginx\uff1a1").getMessage()).contains("(FULLWIDTH COLON)");
        assertThat(refuse("nginx\ud83d").getMessage()).contains("character 6 '\\ud83d'");
    }

    @Test
    void messageIsShortHoweverLongTheText() {
        assertThat(refuse("a".repeat(1 << 20)).getMessage())
                .hasSizeLessThan(300)
                .contains("... (1048576 characters): ");
    }

    @Test
    void anExceptionSaysWhereTheTextWasParsed() {
        assertThat(refuse("NGINX").getStackTrace())
                .extracting(StackTraceElement::getMethodName)
                .contains("parse", "refuse");
    }

    @Test
    void tryingSaysTheSameWithoutAnException() {
        assertThat(ImageReference.tryParse("nginx:1")).contains(ImageReference.parse("nginx:1"));
        assertThat(ImageReference.problem("nginx:1")).isEmpty();
        assertThat(ImageReference.tryParse("Nginx:1")).isEmpty();
        SyntaxProblem problem = ImageReference.problem("Nginx:1").orElseThrow();
        assertThat(problem.code()).isEqualTo("uppercase");
        assertThat(problem.suggestion()).contains("nginx:1");
        assertThat(problem)
                .hasToString(refuse("Nginx:1").getMessage())
                .isNotSameAs(refuse("Nginx:1").problem());
    }

    @Test
    void problemCodesAreDistinct() {
        assertThat(Arrays.stream(ReferenceProblem.values()).map(ReferenceProblem::code))
                .doesNotHaveDuplicates()
                .allMatch(code -> code.matches("[a-z]+(-[a-z]+)*"));
    }

    private static ReferenceSyntaxException refuse(String text) {
        ReferenceSyntaxException refused =
                catchThrowableOfType(ReferenceSyntaxException.class, () -> ImageReference.parse(text));
        assertThat(refused).as(text).isNotNull();
        return refused;
    }
}
