package io.imagegate.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * One example of a policy.
 *
 * @param name name of its file, without {@code .yaml}
 * @param title what a user wants
 * @param section heading under which the page has it
 * @param original the policy of another program that it stands beside; empty if there is none
 * @param policy text of the policy
 * @param files contents of the files that the policy names, by name
 * @param warnings parts of the warnings when the policy is loaded, each with its reason
 * @param cases what is asked, and the answers
 */
public record PolicyExample(
        String name,
        String title,
        String section,
        Map<String, String> original,
        String policy,
        Map<String, String> files,
        Map<String, String> warnings,
        List<ExampleCase> cases) {

    private static final Set<String> KEYS =
            Set.of("title", "section", "original", "policy", "files", "warnings", "cases");

    /** {@return all examples of a folder, in the order of their names} */
    public static List<PolicyExample> in(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(PolicyExample::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PolicyExample read(Path file) {
        try {
            Map<?, ?> read =
                    (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
            String name = file.getFileName().toString().replace(".yaml", "");
            Tree tree = new Tree(read, KEYS);
            return new PolicyExample(
                    name,
                    tree.text("title"),
                    tree.text("section"),
                    tree.texts("original"),
                    tree.text("policy"),
                    tree.texts("files"),
                    tree.texts("warnings"),
                    tree.list("cases").stream()
                            .map(each -> ExampleCase.of((Map<?, ?>) each))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    /** {@return whether the policy has an expression, which policy-cel reads} */
    public boolean hasExpression() {
        return policy.contains(" cel:");
    }

    @Override
    public String toString() {
        return name;
    }
}
