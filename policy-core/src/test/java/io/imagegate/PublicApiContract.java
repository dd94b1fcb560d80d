package io.imagegate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Each published module is held to its {@code api.txt}: who changes what others compile against says so. */
public abstract class PublicApiContract {

    private static final Path BASELINE = Path.of("api.txt");
    private static final String ACCEPT = """
            mvn test -Dtest='*PublicApiTest' -Dsurefire.failIfNoSpecifiedTests=false -Dimagegate.api=accept \\
              -pl policy-core,policy-core/registry,policy-core/signature,adapter-undertow/handler,adapter-servlet/servlet""";

    @Test
    @DisplayName("the public API is the one in api.txt")
    void isTheBaseline() throws IOException {
        List<String> actual = PublicApi.of(Path.of("target/classes"));
        if ("accept".equals(System.getProperty("imagegate.api"))) {
            Files.write(BASELINE, actual);
        }
        List<String> baseline = Files.readAllLines(BASELINE);
        assertThat(actual).isNotEmpty();
        String difference = lines("- ", baseline, actual) + lines("+ ", actual, baseline);
        assertThat(difference)
                .withFailMessage(() ->
                        "The public API is not the one in api.txt:\n%s\nTo accept it, and to tell it in CHANGELOG.md:\n%s"
                                .formatted(difference, ACCEPT))
                .isEmpty();
    }

    private static String lines(String sign, List<String> of, List<String> notIn) {
        Set<String> known = new HashSet<>(notIn);
        StringBuilder text = new StringBuilder();
        of.stream()
                .filter(line -> !known.contains(line))
                .forEach(line -> text.append(sign).append(line.strip()).append('\n'));
        return text.toString();
    }
}
