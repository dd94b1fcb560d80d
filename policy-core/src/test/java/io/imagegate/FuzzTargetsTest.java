package io.imagegate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Jazzer fuzzes the first target of a process and leaves out others, and a process has one class. */
class FuzzTargetsTest {

    private static final Pattern TARGET = Pattern.compile("(?m)^ *@FuzzTest\\b");
    private static final Pattern READER = Pattern.compile("[A-Za-z0-9]+(Reader|Parser|Scanner|Decoder)");
    private static final Pattern CODE = Pattern.compile("`([A-Z][A-Za-z0-9]+)`");
    private static final String FUZZED = "policy-core/long-tests/src/fuzz";

    private static Set<String> named() {
        return CODE.matcher(Sources.text(Repository.core("FUZZING.md")))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The classes of programs and libraries. */
    private static Set<String> classes() throws IOException {
        Set<String> classes = new TreeSet<>();
        for (String folder : List.of("policy-core", "adapter-undertow", "adapter-servlet")) {
            try (Stream<String> names = Sources.under(folder)
                    .filter(file -> file.toString().contains("src/main/java"))
                    .map(Sources::className)) {
                names.forEach(classes::add);
            }
        }
        return classes;
    }

    private static Set<String> targets() throws IOException {
        return Sources.under(FUZZED)
                .map(Sources::className)
                .filter(name -> name.endsWith("FuzzTest"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    @DisplayName("a class has one target of fuzzing")
    void oneTarget() throws IOException {
        assertThat(Sources.under(FUZZED).filter(file -> file.toString().endsWith("FuzzTest.java")))
                .hasSizeGreaterThan(10)
                .allSatisfy(
                        file -> assertThat(TARGET.matcher(Sources.text(file)).results())
                                .as(file.toString())
                                .hasSize(1));
    }

    @Test
    @DisplayName("the page has each target, and no other")
    void targetsOfThePage() throws IOException {
        assertThat(named().stream().filter(name -> name.endsWith("FuzzTest"))).containsExactlyElementsOf(targets());
    }

    @Test
    @DisplayName("the page has each class that is called a reader, and names none that is not there")
    void readers() throws IOException {
        Set<String> classes = classes();
        assertThat(named())
                .containsAll(classes.stream()
                        .filter(name -> READER.matcher(name).matches())
                        .toList());
        Set<String> unknown = named();
        unknown.removeAll(classes);
        unknown.removeAll(targets());
        assertThat(unknown).containsExactly("FuzzTargetsTest");
    }

    @Test
    @DisplayName("each row has a target")
    void rows() {
        List<String> rows = Sources.text(Repository.core("FUZZING.md"))
                .lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| Written by"))
                .toList();
        assertThat(rows)
                .hasSizeGreaterThan(20)
                .allSatisfy(row -> assertThat(
                                CODE.matcher(row.split("\\|", -1)[3]).results().map(MatchResult::group))
                        .isNotEmpty());
    }
}
