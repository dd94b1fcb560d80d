package io.imagegate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Jazzer fuzzes the first target of a process and leaves out others, and a process has one class. */
class FuzzTargetsTest {

    private static final Pattern TARGET = Pattern.compile("(?m)^ *@FuzzTest\\b");

    @Test
    @DisplayName("a class has one target of fuzzing")
    void oneTarget() throws IOException {
        assertThat(Sources.under("policy-core/long-tests/src/fuzz")
                        .filter(file -> file.toString().endsWith("FuzzTest.java")))
                .hasSizeGreaterThan(10)
                .allSatisfy(
                        file -> assertThat(TARGET.matcher(Sources.text(file)).results())
                                .as(file.toString())
                                .hasSize(1));
    }
}
