package io.imagegate.input.gitlab;

import io.imagegate.input.InputException;
import io.imagegate.input.tree.SourceFiles;
import io.imagegate.input.tree.TreeInput;
import io.imagegate.syntax.Node;
import io.imagegate.text.SafeText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The files that a configuration, and those that it includes, may name: from any folder above it that may be the repository's. */
final class GitlabSources {

    private static final Set<String> ELSEWHERE =
            Set.of("remote", "project", "file", "template", "component", "artifact");
    private static final int SHOWN = 60;

    private final SourceFiles files;
    private final List<Path> roots;

    private GitlabSources(SourceFiles files, List<Path> roots) {
        this.files = files;
        this.roots = roots;
    }

    /**
     * {@return the files}
     *
     * @param file a configuration, without links
     * @throws InputException if they are not known
     */
    static Set<Path> of(Path file) throws InputException {
        SourceFiles files = new SourceFiles(file);
        List<Path> roots = new ArrayList<>();
        boolean isAbove = false;
        for (Path folder = file.getParent(); folder != null && !isAbove; folder = folder.getParent()) {
            roots.add(folder);
            isAbove = Files.exists(folder.resolve(".git"));
        }
        new GitlabSources(files, roots).file(file);
        return files.all();
    }

    private void file(Path file) throws InputException {
        if (files.add(file) && Files.isRegularFile(file)) {
            for (Node document : TreeInput.yaml(file.toString(), files.content(file))) {
                fields(document);
            }
        }
    }

    private void fields(Node node) throws InputException {
        for (Node.Field field : node.fields()) {
            if (field.name().text().equals("include")) {
                included(field.value());
            } else {
                fields(field.value());
            }
        }
        for (Node element : node.elements()) {
            fields(element);
        }
    }

    private void included(Node value) throws InputException {
        if (!value.tag().isEmpty()) {
            throw files.unknown("it includes what another place of it names");
        }
        if (value.isScalar()) {
            local(value.text());
        }
        for (Node element : value.elements()) {
            included(element);
        }
        for (Node.Field field : value.fields()) {
            String name = field.name().text();
            if (ELSEWHERE.contains(name)) {
                throw files.unknown("what it includes by " + name + " is elsewhere");
            }
            if (!name.equals("rules") && !name.equals("inputs")) {
                included(field.value());
            }
        }
    }

    private void local(String text) throws InputException {
        if (text.contains("$") || text.contains("*") || text.contains("://")) {
            throw files.unknown(SafeText.quote(text, SHOWN) + " is elsewhere, or has a variable or *");
        }
        for (Path root : roots) {
            Optional<Path> named = SourceFiles.path(root, text.replaceFirst("^/+", ""));
            if (named.isPresent()) {
                file(named.get());
            }
        }
    }
}
