package io.imagegate.cli.check.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every file name is a URI reference that leads back to the file. */
class FileUriTest {

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "web.yaml, web.yaml",
        "a/b:c.yaml, a/b:c.yaml",
        "a:b.yaml, ./a:b.yaml",
        "https:x, ./https:x",
        ":.yaml, ./:.yaml",
        "1 2:3, ./1%202:3",
        "a:b/c, ./a:b/c",
        "./web.yaml, web.yaml",
        "a/../b/./web.yaml, b/web.yaml",
        "C:\\a, ./C:/a",
        "é#?%.yaml, %C3%A9%23%3F%25.yaml",
        "standard input, standard%20input",
    })
    void isRelativeWhereTheNameIs(String file, String uri) {
        assertThat(FileUri.of(file)).isEqualTo(uri);
        assertThat(URI.create(uri).getScheme()).isNull();
        assertThat(URI.create("file:///folder/").resolve(uri).getScheme()).isEqualTo("file");
    }

    @Test
    void isAbsoluteWhereTheNameIsOrLeadsUp() {
        assertThat(FileUri.of("/tmp/a b:c.yaml")).isEqualTo("file:///tmp/a%20b:c.yaml");
        assertThat(FileUri.of("../web.yaml"))
                .startsWith("file:///")
                .endsWith("/web.yaml")
                .doesNotContain("..");
    }
}
