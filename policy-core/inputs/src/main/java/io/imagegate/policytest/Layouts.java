package io.imagegate.policytest;

import io.imagegate.document.file.Source;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.fact.FactSource;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Opens the OCI layouts that the cases of a policy test name, in the folder of the test and below it. */
final class Layouts {

    private final Source source;
    private final @Nullable Function<Path, FactSource> opener;

    Layouts(Source source, @Nullable Function<Path, FactSource> opener) {
        this.source = source;
        this.opener = opener;
    }

    /** {@return the layout that a field names; a problem is recorded if there is none} */
    Optional<FactSource> open(YamlNode node) {
        if (opener == null) {
            node.problem("a layout, but this program reads none, expected facts");
            return Optional.empty();
        }
        return node.text().flatMap(name -> folder(node, name)).flatMap(folder -> open(node, folder, opener));
    }

    private static Optional<FactSource> open(YamlNode node, Path folder, Function<Path, FactSource> opener) {
        try {
            return Optional.of(opener.apply(folder));
        } catch (IllegalArgumentException e) {
            node.problem("no OCI layout: " + e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Path> folder(YamlNode node, String name) {
        if (source.folder() == null) {
            node.problem("a folder, but this test was not read from one; expected facts");
            return Optional.empty();
        }
        try {
            Path path = Path.of(name);
            if (!path.isAbsolute() && !path.normalize().startsWith("..") && !name.isEmpty()) {
                return Optional.of(source.folder().resolve(path));
            }
        } catch (InvalidPathException e) {
            // reported below
        }
        node.problem(YamlNode.quote(name) + ", expected a folder below that of this file");
        return Optional.empty();
    }
}
