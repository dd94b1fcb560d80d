package io.imagegate.server.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
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
        "/tmp/a:b.yaml, /tmp/a:b.yaml",
        "C:\\a, ./C:/a",
        "é#?%.yaml, %C3%A9%23%3F%25.yaml",
        "standard input, standard%20input",
    })
    void isRelativeWhereTheNameIs(String file, String uri) {
        assertThat(FileUri.relative(file)).isEqualTo(uri);
        assertThat(URI.create(uri).getScheme()).isNull();
        assertThat(URI.create("file:///folder/").resolve(uri).getScheme()).isEqualTo("file");
    }
}
