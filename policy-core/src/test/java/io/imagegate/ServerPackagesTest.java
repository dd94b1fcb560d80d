package io.imagegate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Dependencies between the packages of the server, by the imports in its sources. */
class ServerPackagesTest {

    private static final Pattern PACKAGE = Pattern.compile("(?m)^package io\\.imagegate\\.([a-z.]+);");
    private static final Pattern IMPORT =
            Pattern.compile("(?m)^import (?:static )?io\\.imagegate\\.(server[a-z.]*)\\.[A-Z]");

    @Test
    @DisplayName("each package of the server uses the packages that ARCHITECTURE.md names beside it, and no other")
    void packagesUseWhatThePageSays() throws IOException {
        Map<String, Set<String>> page = new TreeMap<>();
        for (ArchitecturePage.Row row : ArchitecturePage.table("Server package")) {
            page.put(row.name(), row.names(1));
        }
        assertThat(page).isNotEmpty().isEqualTo(uses());
    }

    @Test
    @DisplayName("no packages of the server depend on each other")
    void thereAreNoCycles() throws IOException {
        Map<String, Set<String>> open = uses();
        while (open.values().removeIf(Set::isEmpty)) {
            open.values().forEach(used -> used.retainAll(open.keySet()));
        }
        assertThat(open).isEmpty();
    }

    private static Map<String, Set<String>> uses() throws IOException {
        Map<String, Set<String>> uses = new TreeMap<>();
        for (Path file : Sources.under("adapter-undertow/server/src/main").toList()) {
            String text = Sources.text(file);
            String name = names(PACKAGE, text).iterator().next();
            Set<String> used = names(IMPORT, text);
            used.remove(name);
            uses.computeIfAbsent(name, any -> new TreeSet<>()).addAll(used);
        }
        return uses;
    }

    private static Set<String> names(Pattern pattern, String text) {
        Set<String> names = new TreeSet<>();
        pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .forEach(names::add);
        return names;
    }
}
