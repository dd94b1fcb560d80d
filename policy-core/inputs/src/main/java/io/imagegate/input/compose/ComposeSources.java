package io.imagegate.input.compose;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.imagegate.input.InputException;
import io.imagegate.input.edit.FileSyntax;
import io.imagegate.input.tree.SourceFiles;
import io.imagegate.syntax.Node;
import io.imagegate.text.SafeText;
import io.imagegate.yaml.YamlCursor;
import io.imagegate.yaml.YamlDialect;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The files that a Compose file, those that it includes and those that it extends may name, with their {@code .env} and Dockerfiles. Not
 * thread-safe.
 */
final class ComposeSources {

    private static final int SHOWN = 60;

    private final SourceFiles files;
    /** Any service may extend another, so any Dockerfile may be one of any context. */
    private final Set<Path> contexts = new LinkedHashSet<>();

    private final Set<String> dockerfiles = new LinkedHashSet<>(Set.of(ComposeFiles.DOCKERFILE, "dockerfile"));

    private ComposeSources(SourceFiles files) {
        this.files = files;
    }

    /**
     * {@return the files}
     *
     * @param file a Compose file, without links
     * @throws InputException if they are not known
     */
    static Set<Path> of(Path file) throws InputException {
        SourceFiles files = new SourceFiles(file);
        ComposeSources sources = new ComposeSources(files);
        sources.file(file);
        if (ComposeFiles.isOverride(file)) {
            for (String name : ComposeFiles.OVERRIDDEN) {
                sources.file(file.resolveSibling(name));
            }
        }
        for (Path context : sources.contexts) {
            for (String name : sources.dockerfiles) {
                files.add(context.resolve(name).normalize());
            }
        }
        return files.all();
    }

    private void file(Path file) throws InputException {
        Path folder = file.resolveSibling("");
        if (!files.add(file) || !Files.isRegularFile(file)) {
            return;
        }
        environment(folder.resolve(".env"));
        YamlCursor<InputException> cursor = YamlCursor.of(
                new ByteArrayInputStream(files.content(file)),
                YamlDialect.UNMERGED,
                ComposeFile.LIMITS,
                FileSyntax.problems(file.toString()));
        for (Node document = cursor.document(); document != null; document = cursor.document()) {
            fields(document, folder);
        }
    }

    private void environment(Path file) throws InputException {
        if (files.add(file)
                && Files.isRegularFile(file)
                && new String(files.content(file), ISO_8859_1).contains("COMPOSE_")) {
            throw files.unknown("its .env has variables of Compose itself");
        }
    }

    private void fields(Node node, Path folder) throws InputException {
        for (Node.Field field : node.fields()) {
            switch (field.name().text()) {
                case "include", "extends" -> named(field.value(), folder);
                case "build" -> build(field.value(), folder);
                default -> fields(field.value(), folder);
            }
        }
        for (Node element : node.elements()) {
            fields(element, folder);
        }
    }

    private void named(Node value, Path folder) throws InputException {
        if (value.isScalar()) {
            file(known(value, folder));
        }
        for (Node element : value.elements()) {
            named(element, folder);
        }
        for (Node.Field field : value.fields()) {
            switch (field.name().text()) {
                case "project_directory" -> throw files.unknown("it includes files with a project_directory");
                case "env_file" -> environments(field.value(), folder);
                default -> named(field.value(), folder);
            }
        }
    }

    private void environments(Node value, Path folder) throws InputException {
        if (value.isScalar()) {
            environment(known(value, folder));
        }
        for (Node element : value.elements()) {
            environments(element, folder);
        }
    }

    private void build(Node value, Path folder) throws InputException {
        contexts.add(value.isScalar() ? known(value, folder) : folder);
        for (Node element : value.elements()) {
            build(element, folder);
        }
        for (Node.Field field : value.fields()) {
            switch (field.name().text()) {
                case "context", "<<" -> build(field.value(), folder);
                case "dockerfile" -> {
                    known(field.value(), folder);
                    dockerfiles.add(field.value().text());
                }
                default -> {
                    // No name of a file.
                }
            }
        }
    }

    private Path known(Node value, Path folder) throws InputException {
        String text = value.text();
        if (!value.isScalar() || text.contains("$") || !ComposeFiles.isLocal(text)) {
            throw files.unknown(SafeText.quote(text, SHOWN) + " is elsewhere, or has a variable");
        }
        return SourceFiles.path(folder, text)
                .orElseThrow(() -> files.unknown(SafeText.quote(text, SHOWN) + " is no name of a file"));
    }
}
