package io.imagegate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Simple names of the types in the repository, without tests, examples and benchmarks. */
class TypeNamesTest {

    private static final List<String> NO_TYPES = List.of("package-info.java", "module-info.java");

    @Test
    @DisplayName("no two types have the same simple name")
    void simpleNamesAreUnique() throws IOException {
        assertThat(Sources.under("")
                        .filter(file -> file.toString().contains("/src/main/"))
                        .filter(file -> !file.toString().matches(".*/(examples|benchmarks)/.*"))
                        .map(file -> file.getFileName().toString())
                        .filter(name -> !NO_TYPES.contains(name))
                        .collect(Collectors.groupingBy(name -> name, Collectors.counting())))
                .hasSizeGreaterThan(200)
                .allSatisfy((name, files) -> assertThat(files).as(name).isEqualTo(1));
    }
}
