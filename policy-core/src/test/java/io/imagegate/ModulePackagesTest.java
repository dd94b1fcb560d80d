package io.imagegate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Dependencies between the packages of a module, by the imports in its sources, and of policy-core on other modules. */
class ModulePackagesTest {

    /** A module that has several packages, with its table in ARCHITECTURE.md. */
    private enum Module {
        SERVER("Server package", "adapter-undertow/server/src/main", "server"),
        CLI("CLI package", "adapter-undertow/cli/src/main", "(?:cli|server)"),
        REGISTRY("Registry package", "policy-core/registry/src/main", "registry"),
        SIGNATURE("Signature package", "policy-core/signature/src/main", "signature"),
        CEL("CEL package", "policy-core/cel/src/main", "cel");

        private static final Pattern PACKAGE = Pattern.compile("(?m)^package io\\.imagegate\\.([a-z0-9.]+);");

        private final String table;
        private final String sources;
        private final Pattern imports;

        Module(String table, String sources, String name) {
            this.table = table;
            this.sources = sources;
            this.imports = Pattern.compile("(?m)^import (?:static )?io\\.imagegate\\.(" + name + "[a-z0-9.]*)\\.[A-Z]");
        }

        Map<String, Set<String>> uses() throws IOException {
            Map<String, Set<String>> uses = new TreeMap<>();
            for (Path file : Sources.under(sources)
                    .filter(file -> !file.endsWith("module-info.java"))
                    .toList()) {
                String text = Sources.text(file);
                String name = names(PACKAGE, text).iterator().next();
                Set<String> used = names(imports, text);
                used.remove(name);
                uses.computeIfAbsent(name, any -> new TreeSet<>()).addAll(used);
            }
            return uses;
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("each package of a module uses the packages that ARCHITECTURE.md names beside it, and no other")
    void packagesUseWhatThePageSays(Module module) throws IOException {
        Map<String, Set<String>> page = new TreeMap<>();
        for (ArchitecturePage.Row row : ArchitecturePage.table(module.table)) {
            page.put(row.name(), row.names(1));
        }
        assertThat(page).isNotEmpty().isEqualTo(module.uses());
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("no packages of a module depend on each other")
    void thereAreNoCycles(Module module) throws IOException {
        Map<String, Set<String>> open = module.uses();
        while (open.values().removeIf(Set::isEmpty)) {
            open.values().forEach(used -> used.retainAll(open.keySet()));
        }
        assertThat(open).isEmpty();
    }

    @Test
    @DisplayName("at run time policy-core needs the module java.base and no other")
    void coreNeedsNoModuleBesideTheBase() {
        assertThat(ModuleFinder.of(Path.of("target/classes"))
                        .find("io.imagegate.core")
                        .orElseThrow()
                        .descriptor()
                        .requires())
                .filteredOn(required -> !required.modifiers().contains(Requires.Modifier.STATIC))
                .extracting(Requires::name)
                .containsExactly("java.base");
    }

    @Test
    @DisplayName("only server.undertow knows more of Undertow than handlers, or anything of XNIO")
    void onePackageKnowsTheInternalsOfUndertow() throws IOException {
        Pattern internal = Pattern.compile(
                "\\b(?:org\\.(?:xnio|jboss)\\.|io\\.undertow\\.(?!server\\.Http(?:Handler|ServerExchange)\\b|io\\.|util\\.))[\\w.]+");
        Set<String> known = new TreeSet<>();
        Map<String, Set<String>> elsewhere = new TreeMap<>();
        for (Path file : Stream.concat(Sources.under(Module.SERVER.sources), Sources.under(Module.CLI.sources))
                .toList()) {
            Set<String> names = new TreeSet<>();
            internal.matcher(Sources.text(file))
                    .results()
                    .map(MatchResult::group)
                    .forEach(names::add);
            if (file.getParent().endsWith("undertow")) {
                known.addAll(names);
            } else if (!names.isEmpty()) {
                elsewhere.put(file.getFileName().toString(), names);
            }
        }
        assertThat(elsewhere).isEmpty();
        assertThat(known).isNotEmpty();
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
