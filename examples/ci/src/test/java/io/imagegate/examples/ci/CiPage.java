package io.imagegate.examples.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The blocks that the page says to type, each below a name in bold. */
final class CiPage {

    static final Path PLACE = Path.of("README.md");

    private static final Pattern BLOCK =
            Pattern.compile("(?ms)^\\*\\*([^*\n]+)\\*\\*(?:(?!^\\*\\*|^#).)*?^```sh\n(.*?)^```$");

    private CiPage() {}

    /** {@return the blocks before the second heading, by their names} */
    static Map<String, String> blocks() throws IOException {
        return BLOCK.matcher(Files.readString(PLACE).replaceAll("(?ms)^## .*", ""))
                .results()
                .collect(Collectors.toMap(block -> block.group(1), block -> block.group(2)));
    }

    static String block(String name) throws IOException {
        assertThat(blocks()).containsKey(name);
        return Objects.requireNonNull(blocks().get(name));
    }
}
