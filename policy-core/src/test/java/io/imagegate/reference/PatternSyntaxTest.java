package io.imagegate.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternSyntaxTest {

    @ParameterizedTest(name = "[{0}] is refused: {1} at {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                       | empty             | 0
            https://gcr.io/**        | scheme            | 0
            ` gcr.io/**`             | white-space       | 0
            gcr.io/** # ours         | white-space       | 9
            gcr.io/\u0430pp          | not-ascii         | 7
            g\u0441r.io/**           | not-ascii         | 1
            nginx\uff1a1             | not-ascii         | 5
            nginx\u0080              | not-ascii         | 5
            `nginx\t1`               | white-space       | 5
            `nginx\r1`               | white-space       | 5
            `nginx\u0008`            | character         | 5
            `nginx\u000e`            | character         | 5
            *                        | bare-star         | 0
            *:latest                 | bare-star         | 0
            */nginx                  | bare-star         | 0
            */**                     | bare-star         | 0
            gcr.io                   | registry-only     | 0
            *.gcr.io                 | registry-only     | 0
            localhost                | registry-only     | 0
            localhost:5000           | registry-only     | 0
            gcr.*/app                | registry-wildcard | 4
            *gcr.io/app              | registry-wildcard | 0
            **.gcr.io/app            | registry-wildcard | 0
            *.*.gcr.io/app           | registry-wildcard | 2
            gcr.io:5*/app            | registry-wildcard | 8
            gcr.io:5:*/app           | registry-wildcard | 9
            gcr.io:**/app            | registry-wildcard | 7
            127.*.1/app              | registry-wildcard | 4
            127.0.0.1.*/app          | registry-wildcard | 10
            256.*/app                | registry-wildcard | 4
            010.*/app                | registry-wildcard | 4
            127.*:x/app              | registry          | 6
            127.*:/app               | registry          | 6
            localhost:*              | registry-only     | 0
            127.*                    | registry-only     | 0
            docker.io:*/acme/app     | docker-hub-port   | 9
            *.docker.io/*            | docker-hub-star   | 12
            *.io/*:1                 | docker-hub-star   | 5
            g?r.io/app               | registry-wildcard | 1
            *.[::1]/app              | registry-wildcard | 0
            gcr..io/app              | registry          | 4
            *..gcr.io/app            | registry          | 2
            foo_bar.com/**           | registry          | 3
            gcr.io:x/app             | registry          | 7
            gcr.io:/app              | registry          | 7
            gcr.io./app              | registry          | 7
            [::1/app                 | registry          | 4
            *./app                   | registry          | 2
            gcr.io/                  | empty-segment     | 7
            gcr.io//app              | empty-segment     | 7
            /app                     | empty-segment     | 0
            acme/                    | empty-segment     | 5
            :1                       | empty-segment     | 0
            @sha256:*                | empty-segment     | 0
            gcr.io/:1                | empty-segment     | 7
            gcr.io/team**            | double-star       | 11
            gcr.io/**team/app        | double-star       | 7
            gcr.io/***/app           | double-star       | 7
            app**                    | double-star       | 3
            gcr.io/Team/*            | uppercase         | 7
            Nginx                    | uppercase         | 0
            gcr.io/a..b              | separator         | 9
            gcr.io/-*                | separator         | 7
            gcr.io/*-                | separator         | 8
            gcr.io/*-/x              | separator         | 8
            a___*                    | separator         | 3
            gcr.io/a:1/b             | character         | 8
            gcr.io/a+b               | character         | 8
            gcr.io/[ab]              | character         | 7
            gcr.io/{a,b}             | placeholder       | 7
            gcr.io/{ns}/a            | placeholder       | 7
            {namespace}.io/a         | placeholder-place | 0
            !gcr.io/app              | registry          | 0
            ^gcr.io/.*               | registry          | 0
            nginx:                   | empty-tag         | 6
            nginx:@*                 | empty-tag         | 6
            nginx:-*                 | tag               | 6
            nginx:.1                 | tag               | 6
            nginx:1+2                | tag               | 7
            nginx@                   | digest            | 6
            nginx@:1                 | digest            | 6
            nginx:1@/x               | digest            | 8
            nginx@sha265:*           | digest            | 6
            nginx@sha256:12*         | digest            | 15
            nginx@sha256:12          | digest            | 15
            nginx@**                 | digest            | 6
            """)
    void malformedPattern(String text, String code, int offset) {
        ReferenceSyntaxException refused = refuse(text);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.offset()).isEqualTo(offset);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "**",
                "**/*",
                "**/**",
                "**/a/**",
                "?",
                "a*",
                "*a/b",
                "a?b:?",
                "gcr.io/a_*",
                "gcr.io/*--*",
                "gcr.io/**/**",
                "docker.io/library/node.js",
                "nginx:_*",
                "nginx:*@*",
                "*.com/**",
                "Host/a",
                "gcr.io:*/app",
                "*.gcr.io:*/app",
                "localhost:*/**",
                "[::1]:*/**",
                "127.*/**",
                "10.0.*:5000/**",
                "10.0.0.*:*/**",
                "*.docker.io/nginx",
                "*.io/**",
                "host:1/a"
            })
    void wellFormedPattern(String text) {
        assertThat(ImagePattern.parse(text)).hasToString(text);
    }

    @Test
    void lengthIsLimited() {
        assertThat(refuse("gcr.io/" + "*/".repeat(600)).code()).isEqualTo(PatternProblem.TOO_LONG.code());
        assertThat(ImagePattern.parse("gcr.io/*" + "/*".repeat(508)).toString()).hasSize(1024);
        ReferenceSyntaxException longTag = refuse("nginx:" + "1".repeat(129));
        assertThat(longTag.code()).isEqualTo(PatternProblem.TAG_LENGTH.code());
        assertThat(longTag.offset()).isEqualTo(134);
        assertThat(ImagePattern.parse("nginx:" + "1".repeat(128) + "*").tag()).isNotNull();
    }

    @Test
    void messageSaysWhatWhereAndWhatToWriteInstead() {
        assertThat(refuse("gcr.io/team**"))
                .hasMessage("pattern \"gcr.io/team**\": character 12 '*': "
                        + "'**' must be a whole path segment: write '*' for a part of one");
        assertThat(refuse("gcr.io")).hasMessageContaining("write '/**' after it");
        assertThat(refuse("*/nginx")).hasMessageContaining("write '**' for any registry");
        assertThat(refuse("g\u0441r.io/**"))
                .hasMessageStartingWith(
                        "pattern \"g\\u0441r.io/**\": character 2 '\\u0441' (CYRILLIC SMALL LETTER ES): ");
    }

    @Test
    void problemCodesAreDistinct() {
        assertThat(Arrays.stream(PatternProblem.values()).map(PatternProblem::code))
                .doesNotHaveDuplicates()
                .allMatch(code -> code.matches("[a-z]+(-[a-z]+)*"));
    }

    @Property
    void anyTextIsReadOrRefusedWithAPosition(@ForAll String text) {
        read(text);
    }

    @Property
    void anyNearlyWellFormedTextIsReadOrRefusedWithAPosition(@ForAll("nearlyWellFormed") String text) {
        read(text);
    }

    @Provide
    Arbitrary<String> nearlyWellFormed() {
        return ReferenceArbitraries.nearlyWellFormed();
    }

    private static void read(String text) {
        try {
            assertThat(ImagePattern.parse(text)).hasToString(text);
        } catch (ReferenceSyntaxException e) {
            assertThat(e.offset()).isBetween(0, text.length());
            assertThat(e.getMessage()).matches("[ -~]*");
        }
    }

    private static ReferenceSyntaxException refuse(String text) {
        ReferenceSyntaxException refused =
                catchThrowableOfType(ReferenceSyntaxException.class, () -> ImagePattern.parse(text));
        assertThat(refused).as(text).isNotNull();
        return refused;
    }
}
