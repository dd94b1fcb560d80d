package io.imagegate.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.fact.Fact;
import io.imagegate.reference.ImagePattern;
import io.imagegate.reference.ImageReference;
import io.imagegate.rule.CelSyntaxException;
import io.imagegate.rule.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Registry and repository in expressions")
class RegistryNamesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '`', textBlock = """
            EVIL.io/x:1                    # image.registry != 'evil.io'                      # VIOLATED
            evil.io:443/x:1                # image.registry != 'evil.io'                      # VIOLATED
            evil.io:0443/x:1               # image.registry != 'evil.io'                      # VIOLATED
            evil.io:444/x:1                # image.registry != 'evil.io'                      # SATISFIED
            evil.io.example/x:1            # image.registry != 'evil.io'                      # SATISFIED
            registry-1.docker.io/a/x:1     # image.registry != 'docker.io'                    # VIOLATED
            registry.hub.docker.com/a/x:1  # image.registry != 'docker.io'                    # VIOLATED
            Docker.io/a/x:1                # !(image.registry in ['docker.io', 'evil.io'])    # VIOLATED
            [0:0:0:0:0:0:0:1]/x:1          # image.registry != '[::1]'                        # VIOLATED
            [::2]/x:1                      # image.registry != '[::1]'                        # SATISFIED
            GHCR.io/acme/api:1             # 'ghcr.io' == image.registry                      # SATISFIED
            GHCR.io/acme/api:1             # image.registry in ['quay.io', 'ghcr.io']         # SATISFIED
            GHCR.io/acme/api:1             # image.text == 'GHCR.io/acme/api:1'               # SATISFIED
            GHCR.io/acme/api:1             # image.text.startsWith('ghcr.io/')                # VIOLATED
            Docker.io/nginx:1              # !image.repository.startsWith('library/')         # UNDECIDABLE
            docker.io/nginx:1              # !image.repository.startsWith('library/')         # VIOLATED
            Docker.io/nginx:1              # image.repository == 'library/nginx'              # SATISFIED
            Docker.io/nginx:1              # image.repository != 'library/nginx'              # VIOLATED
            Docker.io/nginx:1              # image.repository in ['library/nginx', 'a/b']     # SATISFIED
            Docker.io/nginx:1              # image.repository != 'nginx'                      # UNDECIDABLE
            quay.io/nginx:1                # image.repository != 'nginx'                      # VIOLATED
            registry-1.docker.io/a/x:1     # !image.registry.endsWith('.docker.io')           # UNDECIDABLE
            docker.io/a/x:1                # !image.registry.endsWith('.docker.io')           # SATISFIED
            registry-1.docker.io/a/x:1     # image.registry.endsWith('docker.io')             # SATISFIED
            EVIL.io/x:1                    # image.registry.lowerAscii() != 'evil.io'         # VIOLATED
            EVIL.io/x:1                    # image.registry + '' != 'evil.io'                 # UNDECIDABLE
            EVIL.io/x:1                    # (true ? image.registry : '') != 'evil.io'        # UNDECIDABLE
            EVIL.io/x:1                    # ['evil.io'].all(r, r != image.registry)          # UNDECIDABLE
            EVIL.io/x:1                    # [image].all(i, i.registry != 'evil.io')          # VIOLATED
            EVIL.io/x:1                    # [image].all(i, i.registry.size() > 0 && i.registry != 'evil.io') # VIOLATED
            EVIL.io/x:1                    # [image.registry].all(r, r != 'evil.io')          # UNDECIDABLE
            EVIL.io/x:1                    # dyn(image).registry != 'evil.io'                 # UNDECIDABLE
            EVIL.io/x:1                    # {'r': image.registry}.r != 'evil.io'             # UNDECIDABLE
            EVIL.io/x:1                    # !sets.contains(['evil.io'], [image.registry])    # UNDECIDABLE
            EVIL.io/x:1                    # image.registry != 'evil.io' && image.registry != image.tag # VIOLATED
            EVIL.io/x:1                    # image.registry == 'evil.io' && image.registry.size() == 7 # SATISFIED
            EVIL.io/x:1                    # image.tag == '1' || image.registry.startsWith('E') # SATISFIED
            EVIL.io/x:1                    # has(image.registry)                              # SATISFIED
            EVIL.io/x:1                    # image.registry.matches('^evil')                  # UNDECIDABLE
            EVIL.io/x:1                    # image.registry.matches('io$')                    # SATISFIED
            EVIL.io/x:1                    # int(image.registry.substring(0, 1)) > 1          # UNDECIDABLE
            """)
    @DisplayName("are what patterns compare; where it matters how they are written, the value is unknown")
    void names(String image, String expression, Outcome outcome) {
        assertThat(outcome(expression, image)).isEqualTo(outcome);
    }

    /** A whole image also depends on facts. */
    private static Outcome outcome(String expression, String image) {
        return Checks.check(expression, Checks.with(Checks.image(image), Checks.platform("linux/amd64")))
                .outcome();
    }

    @Test
    @DisplayName("unknown for the way they are written, with a sentence that says so")
    void sentence() {
        assertThat(Checks.check("image.registry.startsWith('E')", Checks.image("EVIL.io/x:1")))
                .hasToString(
                        "UNDECIDABLE: the expression has one value for registry and repository as they are written, and another"
                                + " one as patterns compare them; compare them with whole names by == or in");
    }

    private static final Map<String, List<String>> SPELLINGS = Map.of(
            "docker.io/library/nginx:1",
                    List.of(
                            "nginx:1",
                            "Docker.io/nginx:1",
                            "index.docker.io/nginx:1",
                            "registry-1.docker.io:443/nginx:1"),
            "docker.io/acme/api:1",
                    List.of("acme/api:1", "INDEX.docker.io/acme/api:1", "registry.hub.docker.com/acme/api:1"),
            "evil.io/a/b:1", List.of("EVIL.IO/a/b:1", "evil.io:443/a/b:1", "Evil.io:00443/a/b:1"),
            "[::1]:5000/x:1", List.of("[0:0::0:1]:5000/x:1", "[::0001]:05000/x:1"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image.registry == 'docker.io'",
                "image.registry != 'evil.io'",
                "image.registry in ['evil.io', '[::1]:5000']",
                "image.registry in ['evil.io', image.tag]",
                "image.repository == 'library/nginx'",
                "image.repository == 'nginx'",
                "image.registry.endsWith('.io')",
                "image.registry.contains('.docker.') || image.repository.startsWith('a')",
                "image.registry + '/' + image.repository == 'docker.io/library/nginx'",
                "image.repository.split('/').size() == 2",
                "image.registry.size() < 10",
                "image.registry.matches('^[a-z.]+$')",
                "[image].exists(i, i.registry == 'evil.io' || i.repository == 'nginx')",
                "image.registry < 'e' ? image.repository > 'b' : image.registry == 'evil.io'",
                "dyn(image) == dyn(image) && image.registry != 'evil.io'",
                "int(image.registry.indexOf(':')) < 0 && image.registry == 'docker.io'",
            })
    @DisplayName("of another spelling give the same value, or none: also under not")
    void spellings(String expression) {
        for (String text : List.of(expression, "!(" + expression + ")")) {
            SPELLINGS.forEach((canonical, spellings) -> {
                Outcome expected = outcome(text, canonical);
                for (String spelling : spellings) {
                    assertThat(ImagePattern.parse(canonical).matches(ImageReference.parse(spelling)))
                            .isTrue();
                    assertThat(outcome(text, spelling))
                            .as("%s: %s", spelling, text)
                            .isIn(expected, Outcome.UNDECIDABLE);
                }
            });
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '`', textBlock = """
            image.registry == 'index.docker.io'           # 18 # the name that patterns compare (did you mean "docker.io"?)
            image.registry != 'EVIL.io'                   # 18 # the name that patterns compare (did you mean "evil.io"?)
            'evil.io:443' == image.registry               # 0  # the name that patterns compare (did you mean "evil.io"?)
            image.registry in ['ghcr.io', 'Quay.io']      # 30 # the name that patterns compare (did you mean "quay.io"?)
            image.registry in [image.tag, 'Quay.io']      # 30 # the name that patterns compare (did you mean "quay.io"?)
            image.registry == '[0:0:0:0:0:0:0:1]'         # 18 # the name that patterns compare (did you mean "[::1]"?)
            image.registry == 'evil.io:05000'             # 18 # the name that patterns compare (did you mean "evil.io:5000"?)
            image.registry == 'ghcr.io/acme'              # 18 # a host and perhaps a port, such as ghcr.io
            image.registry == 'https://ghcr.io'           # 18 # a host and perhaps a port, such as ghcr.io
            image.registry == '*.internal'                # 18 # a host and perhaps a port, such as ghcr.io
            [image].exists(i, i.registry == 'EVIL.io')    # 32 # the name that patterns compare (did you mean "evil.io"?)
            """)
    @DisplayName("are not compared with a name that no registry has")
    void refused(String expression, int offset, String expected) {
        assertThatThrownBy(() -> CelRule.of(expression))
                .isInstanceOfSatisfying(
                        CelSyntaxException.class,
                        refused -> assertThat(refused.faults()).singleElement().satisfies(fault -> {
                            assertThat(fault.offset()).isEqualTo(offset);
                            assertThat(fault.sentence())
                                    .startsWith("image.registry is never \"")
                                    .endsWith("\", expected " + expected);
                        }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image.registry == 'docker.io'",
                "image.registry == 'localhost'",
                "image.registry == 'registry'",
                "image.registry == ''",
                "image.registry in ['evil.io:5000', '[::1]:5000', '127.0.0.1']",
                "image.repository == 'EVIL.io'",
                "image.text == 'EVIL.io/x'",
                "image.registry.endsWith('.IO')",
                "[{'registry': 'EVIL.io'}].exists(image, image.registry == 'EVIL.io')",
                "request.labels.registry == 'EVIL.io'",
            })
    @DisplayName("are compared with other names")
    void accepted(String expression) {
        assertThat(CelRule.of(expression)).hasToString(expression);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '`', textBlock = """
            2130706433:5000/x:1  # image.registry != '127.0.0.1:5000'                    # UNDECIDABLE
            0x7f.1/x:1           # image.registry == 'ghcr.io'                           # UNDECIDABLE
            0X7F.1:443/x:1       # !(image.registry in ['127.0.0.1'])                    # UNDECIDABLE
            0x7f.1/x:1           # !image.registry.startsWith('127.')                    # UNDECIDABLE
            0x7f.1/x:1           # image.registry + '' != ''                             # UNDECIDABLE
            0x7f.1/x:1           # [image].all(i, i.registry != '127.0.0.1')             # UNDECIDABLE
            0x7f.1/x:1           # dyn(image).registry != '127.0.0.1'                    # UNDECIDABLE
            0x7f.1/x:1           # image == image                                        # UNDECIDABLE
            0x7f.1/x:1           # image.tag == '1' && image.registry != '127.0.0.1'     # UNDECIDABLE
            0x7f.1/x:1           # image.tag == '2' && image.registry != '127.0.0.1'     # VIOLATED
            0x7f.1/x:1           # image.tag == '1'                                      # SATISFIED
            0x7f.1/x:1           # image.repository == 'x'                               # SATISFIED
            127.0.0.1/x:1        # image.registry != '127.0.0.1'                         # VIOLATED
            127.0.0.2/x:1        # image.registry != '127.0.0.1'                         # SATISFIED
            0x7f.1.example/x:1   # image.registry != '127.0.0.1'                         # SATISFIED
            """)
    @DisplayName("are unknown if a client may read the registry as an address")
    void addresses(String image, String expression, Outcome outcome) {
        assertThat(outcome(expression, image)).isEqualTo(outcome);
    }

    @Test
    void sentenceOnAddresses() {
        assertThat(Checks.check("image.registry != '127.0.0.1:5000'", Checks.image("2130706433:5000/x:1")))
                .hasToString(
                        "UNDECIDABLE: a client may read the registry \"2130706433:5000\" as 127.0.0.1:5000, and the expression"
                                + " depends on it; write the address with four numbers");
    }

    @Test
    @DisplayName("that are unknown come before an outage")
    void facts() {
        String size = "image.size < 5 && image.registry";
        Fact<io.imagegate.fact.ImageMetadata> down = Fact.unavailable("down");
        assertThat(Checks.check(size + " != 'evil.io'", Checks.with(Checks.image("0x7f.1/x"), down))
                        .outcome())
                .isEqualTo(Outcome.UNDECIDABLE);
        assertThat(Checks.check(size + ".startsWith('E')", Checks.with(Checks.image("EVIL.io/x"), down))
                        .outcome())
                .isEqualTo(Outcome.UNDECIDABLE);
        assertThat(Checks.check(size + " == 'evil.io'", Checks.with(Checks.image("EVIL.io/x"), down)))
                .hasToString("UNAVAILABLE: down");
        assertThat(Checks.check(
                                "image.size < 5 && image.registry.size() == 7",
                                Checks.with(
                                        Checks.image("EVIL.io/x"),
                                        Checks.platform("linux/amd64").withSize(4)))
                        .outcome())
                .isEqualTo(Outcome.SATISFIED);
    }

    @Test
    @DisplayName("in sentences are those that patterns compare")
    void sentences() {
        CelRule rule = CelRule.of("image.registry == 'ghcr.io'").withMessage("'not ' + image.registry");
        assertThat(rule.check(Checks.image("EVIL.io/x"))).hasToString("VIOLATED: not evil.io");
    }
}
