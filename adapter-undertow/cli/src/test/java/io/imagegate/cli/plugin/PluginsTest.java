package io.imagegate.cli.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.imagegate.Machine;
import io.imagegate.rule.RuleFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Plugins")
class PluginsTest {

    @TempDir
    Path folder = Path.of("");

    private List<String> rules() {
        List<String> names = new ArrayList<>();
        try (Plugins plugins = Plugins.open(folder)) {
            plugins.run(() -> {
                ServiceLoader.load(RuleFactory.class).forEach(factory -> names.add(factory.name()));
                return 0;
            });
        }
        return names;
    }

    private void refused(String... parts) {
        assertThatThrownBy(() -> Plugins.open(folder))
                .isInstanceOf(PluginProblem.class)
                .message()
                .contains(parts);
    }

    @Test
    @DisplayName("have the rules of all jars of a folder, while a command runs")
    void rulesOfAllJars() throws IOException {
        PluginJar.rule(folder.resolve("a.jar"), "org.a.One", "org.a.Rule");
        PluginJar.rule(folder.resolve("b.jar"), "org.b.One", "org.b.Rule");
        Files.writeString(folder.resolve("README"), "no jar");
        assertThat(rules()).containsExactlyInAnyOrder("org.a.Rule", "org.b.Rule");
        assertThat(ServiceLoader.load(RuleFactory.class)).isEmpty();
    }

    @Test
    @DisplayName("may have a jar beside them that has no factory")
    void libraries() throws IOException {
        PluginJar.rule(folder.resolve("a.jar"), "org.a.One", "org.a.Rule");
        PluginJar.pack(Files.createDirectories(folder.resolve("empty")), folder.resolve("library.jar"));
        assertThat(rules()).containsExactly("org.a.Rule");
    }

    @Test
    @DisplayName("are refused if two rules have one name, and the jars are named")
    void twoRules() throws IOException {
        PluginJar.rule(folder.resolve("a.jar"), "org.a.One", "org.a.Rule");
        PluginJar.rule(folder.resolve("b.jar"), "org.b.One", "org.a.Rule");
        refused("two of one name: rule org.a.Rule is in a.jar and in b.jar");
    }

    @Test
    @DisplayName("are refused if two jars have one class, as two versions of a jar do")
    void twoVersions() throws IOException {
        PluginJar.rule(folder.resolve("rules-1.0.jar"), "org.a.One", "org.a.Rule");
        Files.copy(folder.resolve("rules-1.0.jar"), folder.resolve("rules-1.1.jar"));
        refused("two of one name: class org.a.One is in rules-1.0.jar and in rules-1.1.jar");
    }

    @Test
    @DisplayName("are refused if two formats have one name, and if one has the name of an own one")
    void twoFormats() throws IOException {
        PluginJar.format(folder.resolve("a.jar"), "org.a.One", "lock");
        PluginJar.format(folder.resolve("b.jar"), "org.b.One", "lock");
        refused("two of one name: format lock is in a.jar and in b.jar");
        Files.delete(folder.resolve("a.jar"));
        PluginJar.format(folder.resolve("b.jar"), "org.b.One", "dockerfile");
        refused("two of one name: format dockerfile is in imagegate itself and in b.jar");
        PluginJar.format(folder.resolve("b.jar"), "org.b.One", "dockerfiles");
        Plugins.open(folder).close();
    }

    @Test
    @DisplayName("are refused if there is nothing to load")
    void nothing() throws IOException {
        refused("no jar in it, expected at least one file named *.jar");
        PluginJar.pack(Files.createDirectories(folder.resolve("empty")), folder.resolve("library.jar"));
        refused("no rule and no format", "META-INF/services/io.imagegate.rule.RuleFactory");
        assertThatThrownBy(() -> Plugins.open(folder.resolve("missing"))).hasMessage("no such folder");
        assertThatThrownBy(() -> Plugins.open(folder.resolve("library.jar")))
                .hasMessage("no folder, expected one with jars");
    }

    @Test
    @DisplayName("are refused if a file is no jar, which a class loader would pass over")
    void noJar() throws IOException {
        PluginJar.rule(folder.resolve("a.jar"), "org.a.One", "org.a.Rule");
        Path other = folder.resolve("b.jar");
        Files.writeString(other, "no jar");
        refused("b.jar cannot be read as a jar");
        Files.delete(other);
        Files.createSymbolicLink(other, Path.of("missing"));
        refused("b.jar cannot be read as a jar: no such file");
        Files.delete(other);
        Files.createDirectory(other);
        refused("b.jar cannot be read as a jar: expected a regular file");
        Files.delete(other);
        Files.createSymbolicLink(other, Path.of("a.jar"));
        refused("two of one name: class org.a.One is in a.jar and in b.jar");
        Files.delete(other);
        assertThat(rules()).containsExactly("org.a.Rule");
    }

    @Test
    @DisplayName("are refused, not waited for, if a file is a pipe")
    void pipe() throws Exception {
        Machine.needs("mkfifo");
        Process made = new ProcessBuilder("mkfifo", folder.resolve("a.jar").toString()).start();
        assertThat(made.waitFor()).isZero();
        assertTimeoutPreemptively(
                Duration.ofMinutes(1), () -> refused("a.jar cannot be read as a jar: expected a regular file"));
    }

    @Test
    @DisplayName("are refused if a list of factories unpacks to more than anybody writes")
    void longList() throws IOException {
        Path services = Files.createDirectories(folder.resolve("bomb/META-INF/services"));
        Path list = services.resolve(RuleFactory.class.getName());
        PluginJar.rule(folder.resolve("a.jar"), "org.a.One", "org.a.Rule");
        Files.writeString(list, "#".repeat(1 << 16));
        PluginJar.pack(folder.resolve("bomb"), folder.resolve("b c+%21.jar"));
        assertThat(rules()).containsExactly("org.a.Rule");
        Files.writeString(list, "#".repeat((1 << 16) + 1));
        PluginJar.pack(folder.resolve("bomb"), folder.resolve("b c+%21.jar"));
        refused("b c+%21.jar: expected a list of factories of at most 65536 bytes");
    }

    @Test
    @DisplayName("cannot replace a class of the program")
    void sameClass() throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes/io/imagegate"));
        Files.writeString(Files.createDirectories(classes.resolve("rule")).resolve("RuleFactory.class"), "no class");
        Files.writeString(Files.createDirectories(classes.resolve("server")).resolve("Main.class"), "no class");
        PluginJar.pack(folder.resolve("classes"), folder.resolve("a.jar"));
        PluginJar.rule(folder.resolve("b.jar"), "org.b.One", "org.b.Rule");
        assertThat(rules()).containsExactly("org.b.Rule");
    }

    @Test
    @DisplayName("may be in a folder with any name but one that ends with an exclamation mark")
    void anyName() throws IOException {
        Path parent = folder;
        folder = Files.createDirectory(parent.resolve("a b#c?%41!d"));
        PluginJar.rule(folder.resolve("a!.jar"), "org.a.One", "org.a.Rule");
        assertThat(rules()).containsExactly("org.a.Rule");
        folder = Files.move(folder, parent.resolve("a!"));
        refused("a name in its path ends with \"!\"");
    }

    @Test
    @DisplayName("are refused if a factory is missing, cannot be made, or fails")
    void broken() throws IOException {
        Path jar = folder.resolve("a.jar");
        Path services = Files.createDirectories(folder.resolve("missing/META-INF/services"));
        Files.writeString(services.resolve(RuleFactory.class.getName()), "org.a.Missing");
        PluginJar.pack(folder.resolve("missing"), jar);
        refused("a RuleFactory cannot be loaded: ", "org.a.Missing");

        String source = "package org.a; public final class One implements io.imagegate.rule.RuleFactory {"
                + " public One() { %s }"
                + " public String name() { %s }"
                + " public io.imagegate.rule.Rule create(java.util.Map<String, Object> with) { return null; } }";
        String fails = "if (true) throw new IllegalStateException(\"no luck\");";
        PluginJar.write(jar, RuleFactory.class, "org.a.One", String.format(source, fails, "return \"a\";"));
        refused("a RuleFactory cannot be loaded: ", "org.a.One");
        PluginJar.write(jar, RuleFactory.class, "org.a.One", String.format(source, "", fails + " return \"a\";"));
        refused("a RuleFactory failed: ", "no luck");
        PluginJar.write(jar, RuleFactory.class, "org.a.One", String.format(source, "", "return null;"));
        refused("a RuleFactory failed: ", "its name is null");
        PluginJar.write(jar, RuleFactory.class, "org.a.One", String.format(source, "", "return \"a\";"));
        assertThat(rules()).containsExactly("a");
    }

    @Test
    @DisplayName("are refused if they are too many")
    void tooMany() throws IOException {
        PluginJar.rule(folder.resolve("a.jar"), "org.a.One", "org.a.Rule");
        for (int i = 1; i < JarFolder.MOST; i++) {
            PluginJar.pack(Files.createDirectories(folder.resolve("empty")), folder.resolve("library" + i + ".jar"));
        }
        assertThat(rules()).containsExactly("org.a.Rule");
        PluginJar.pack(folder.resolve("empty"), folder.resolve("library.jar"));
        refused("more than 100 jars");
    }
}
