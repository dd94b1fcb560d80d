package io.imagegate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What may be relied on, and since when. */
class StabilityTest {

    private static final List<String> PROGRAMS = List.of(
            "adapter-undertow/console/src/main", "adapter-undertow/cli/src/main", "adapter-servlet/war/src/main");
    private static final List<String> LIBRARIES = List.of(
            "policy-core/src/main",
            "policy-core/src/testkit",
            "policy-core/files/src/main",
            "policy-core/inputs/src/main",
            "policy-core/registry/src/main",
            "policy-core/signature/src/main",
            "policy-core/cel/src/main",
            "policy-core/junit/src/main",
            "policy-core/micrometer/src/main",
            "adapter-undertow/handler/src/main",
            "adapter-undertow/server/src/main",
            "adapter-servlet/servlet/src/main",
            "adapter-servlet/spring-boot-starter/src/main");

    private static final Pattern STABILITY = Pattern.compile("<p>Stability: ([a-z]+)\\.");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package io\\.imagegate\\.([a-z0-9.]+);");

    /** The comment of a public type, and annotations between. */
    private static final Pattern PUBLIC_TYPE = Pattern.compile(
            "(?ms)(?<comment>/\\*\\*(?:(?!\\*/).)*\\*/)?\\s*(?:^@[^\\n]*\\s+)*^public (?:(?:final|abstract|sealed|non-sealed) )*"
                    + "(?:class|interface|record|enum|@interface) ");

    @Test
    @DisplayName("each package is as stable as ARCHITECTURE.md says")
    void packagesSayHowStableTheyAre() throws IOException {
        Map<String, String> page = new TreeMap<>();
        for (ArchitecturePage.Row row : ArchitecturePage.table("Stability")) {
            row.names(2).forEach(name -> page.put(name, row.name()));
        }
        Map<String, String> said = new TreeMap<>();
        sources(Stream.concat(LIBRARIES.stream(), PROGRAMS.stream()))
                .filter(file -> file.endsWith("package-info.java"))
                .map(Sources::text)
                .forEach(text -> said.put(group(PACKAGE, text), group(STABILITY, text)));
        assertThat(said).hasSizeGreaterThan(10).isEqualTo(page);
    }

    @Test
    @DisplayName("each public type that others may use, and each package of a library, says since when it is there")
    void publicTypesSaySinceWhen() throws IOException {
        List<Path> types =
                sources(LIBRARIES.stream()).filter(StabilityTest::isPromised).toList();
        assertThat(types).hasSizeGreaterThan(80);
        assertThat(types).filteredOn(file -> !comment(file).contains("@since ")).isEmpty();
    }

    private static boolean isPromised(Path file) {
        return file.endsWith("package-info.java")
                || (PUBLIC_TYPE.matcher(Sources.text(file)).find() && !isInternal(file));
    }

    private static boolean isInternal(Path file) {
        return group(STABILITY, Sources.text(file.resolveSibling("package-info.java")))
                .equals("internal");
    }

    private static String comment(Path file) {
        String text = Sources.text(file);
        Matcher type = PUBLIC_TYPE.matcher(text);
        return type.find() ? String.valueOf(type.group("comment")) : text;
    }

    private static Stream<Path> sources(Stream<String> folders) throws IOException {
        Stream<Path> files = Stream.empty();
        for (String folder : folders.toList()) {
            files = Stream.concat(files, Sources.under(folder));
        }
        return files;
    }

    private static String group(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "nothing";
    }
}
