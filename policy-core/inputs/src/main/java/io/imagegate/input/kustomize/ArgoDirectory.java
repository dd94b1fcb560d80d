package io.imagegate.input.kustomize;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.imagegate.input.InputException;
import io.imagegate.text.SafeText;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The files of a folder that Argo CD deploys as they are written: with {@code directory}, or where there is neither a chart nor a
 * kustomization.
 */
final class ArgoDirectory {

    private static final Set<String> FIELDS =
            Set.of("recurse", "include", "exclude", "jsonnet", "disableExtensionFilter");
    private static final String JSONNET = ".jsonnet";
    private static final List<String> ENDS = List.of(".yaml", ".yml", ".json", JSONNET);
    private static final String SKIPPED = "+argocd:skip-file-rendering";
    private static final int LONGEST_GLOB = 1_000;

    private final ManifestNode directory;
    private final DeployedFiles files;
    private final @Nullable Pattern included;
    private final @Nullable Pattern excluded;
    private final boolean isDeep;

    private ArgoDirectory(ManifestNode directory, DeployedFiles files) throws InputException {
        this.directory = directory;
        this.files = files;
        for (Map.Entry<String, ManifestNode> field : directory.fields.entrySet()) {
            if (!FIELDS.contains(field.getKey())) {
                throw field.getValue().malformed("which files this field of directory selects is not known");
            }
        }
        ManifestNode all = directory.field("disableExtensionFilter");
        if (all != null && all.isTrue("disableExtensionFilter")) {
            throw all.malformed("what files with any name deploy is not known");
        }
        ManifestNode deep = directory.field("recurse");
        this.isDeep = deep != null && deep.isTrue("recurse");
        this.included = glob("include");
        this.excluded = glob("exclude");
    }

    /**
     * {@return the files that are deployed, without links}
     *
     * @param directory the field {@code directory}, or an empty object
     */
    static List<Path> files(Path folder, ManifestNode directory, DeployedFiles files, KustomizeBudget budget)
            throws InputException {
        return new ArgoDirectory(directory, files).selected(folder, budget);
    }

    private List<Path> selected(Path folder, KustomizeBudget budget) throws InputException {
        List<Path> found = new ArrayList<>();
        AtomicLong seen = new AtomicLong();
        try {
            Files.walkFileTree(folder, Set.of(), isDeep ? Integer.MAX_VALUE : 1, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                    return visited.endsWith(".git") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path visited, BasicFileAttributes attributes) {
                    seen.incrementAndGet();
                    if (!attributes.isDirectory()
                            && matches(folder.relativize(visited).toString())) {
                        found.add(visited);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException unreadable) {
            throw directory.malformed(
                    "the folder " + files.paths.shown(folder) + " cannot be read: " + unreadable.getMessage());
        }
        budget.look(directory, seen.get());
        List<Path> real = new ArrayList<>();
        for (Path file : found) {
            // A link out of the repository is a problem when the folder is read.
            Path target = files.paths.inTree(file);
            if (target != null && Files.isRegularFile(target)) {
                if (file.toString().endsWith(JSONNET)) {
                    files.unread.jsonnet(directory, file);
                } else {
                    real.add(target);
                }
            }
        }
        return real;
    }

    private boolean matches(String path) {
        return ENDS.stream().anyMatch(path::endsWith)
                && (excluded == null || !excluded.matches(path))
                && (included == null || included.matches(path));
    }

    /** {@return whether Argo CD passes over a file because of what is in it} */
    static boolean isSkipped(byte[] content) {
        return new String(content, ISO_8859_1).contains(SKIPPED);
    }

    /** {@return a glob of Argo CD, in which {@code *} also matches slashes; null for none} */
    private @Nullable Pattern glob(String field) throws InputException {
        ManifestNode glob = directory.field(field);
        if (glob == null || glob.text.isEmpty()) {
            return null;
        }
        StringBuilder expression = new StringBuilder("(?s)");
        int depth = 0;
        for (int i = 0; i < glob.text.length(); i++) {
            char next = glob.text.charAt(i);
            if (next == '\\' && i + 1 < glob.text.length()) {
                i++;
                expression.append(Pattern.quote(glob.text.substring(i, i + 1)));
            } else {
                depth += next == '{' ? 1 : next == '}' ? -1 : 0;
                expression.append(
                        switch (next) {
                            case '*' -> ".*";
                            case '?' -> ".";
                            case '{' -> "(?:";
                            case '}' -> ")";
                            case ',' -> depth > 0 ? "|" : ",";
                            case '[', ']', '\\' -> throw unknown(glob, field);
                            default -> Pattern.quote(String.valueOf(next));
                        });
            }
        }
        if (glob.text.length() > LONGEST_GLOB) {
            throw unknown(glob, field);
        }
        try {
            return Pattern.compile(expression.toString());
        } catch (PatternSyntaxException unbalanced) {
            throw unknown(glob, field);
        }
    }

    private static InputException unknown(ManifestNode glob, String field) {
        return glob.malformed(field + ": which files " + SafeText.quote(glob.text, 100)
                + " matches is not known: expected a glob of *, ? and {a,b}");
    }
}
