package io.imagegate.input.gitlab;

import io.imagegate.input.InputException;
import io.imagegate.input.InputFile;
import io.imagegate.input.InputListener;
import io.imagegate.input.gitlab.GitlabConfiguration.Included;
import io.imagegate.input.place.UnreadParts;
import io.imagegate.input.tree.FoundImages;
import io.imagegate.input.tree.TreeInput;
import io.imagegate.syntax.Node;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Configurations of GitLab CI: images of {@code image} and {@code services} in jobs, in {@code default} and for all jobs, with the
 * files that {@code include: local} names, {@code extends}, {@code !reference} and variables. An image that several jobs have from
 * one place is found once, there. Not thread-safe.
 */
public final class GitlabFiles extends TreeInput {

    private static final int MOST_PIPELINES = 200;

    private final UnreadParts unread = new UnreadParts();
    /** Files that others of this run include: they are read with these. */
    private final Set<Path> included = new HashSet<>();

    private @Nullable Path path;

    @Override
    public String name() {
        return "gitlab";
    }

    @Override
    public Set<Path> sources(Path file) throws InputException {
        return GitlabSources.of(file);
    }

    @Override
    public boolean isNamed(Path file) {
        return file.endsWith(".gitlab-ci.yml");
    }

    @Override
    public boolean recognises(InputFile file) {
        return file.path() != null && isNamed(file.path());
    }

    /** Finds out what a configuration includes. What is wrong is told when it is read. */
    @Override
    public void announce(Path file) {
        if (!isNamed(file)) {
            return;
        }
        try {
            FoundImages none = new FoundImages(file.toString(), List.of(), IntUnaryOperator.identity(), image -> {});
            UnreadParts untold = new UnreadParts();
            GitlabConfiguration configuration = new GitlabConfiguration(folder(file), none, untold);
            configuration.addFile(file, GitlabInputs.NONE);
            Set<Path> others = new HashSet<>(configuration.files());
            children(folder(file), configuration, none, untold, child -> others.addAll(child.files()));
            others.remove(file.toRealPath());
            included.addAll(others);
        } catch (IOException | InputException unreadable) {
            // It is a problem when it is read.
        }
    }

    /** {@return where names of local files start, as the user names it} */
    private static @Nullable Path folder(@Nullable Path file) {
        return file == null ? null : file.resolveSibling("");
    }

    @Override
    public void read(InputFile file, InputListener found) throws IOException, InputException {
        path = file.path();
        if (path != null && included.contains(path.toRealPath())) {
            found.part("file", file.name(), List.of());
        } else {
            unread.of(found);
            super.read(file, found);
        }
    }

    @Override
    protected void find(List<Node> documents, FoundImages found) {
        Path folder = folder(path);
        GitlabConfiguration configuration = new GitlabConfiguration(folder, found, unread);
        configuration.add(found.file(), documents, GitlabInputs.NONE);
        new GitlabImages(configuration, found).find();
        children(folder, configuration, found, unread, child -> new GitlabImages(child, found).find());
    }

    /** Reads the pipelines that jobs of a configuration start, and those that these start. */
    private static void children(
            @Nullable Path folder,
            GitlabConfiguration configuration,
            FoundImages found,
            UnreadParts unread,
            Consumer<GitlabConfiguration> each) {
        Set<Included> read = new HashSet<>();
        Deque<Included> children = new ArrayDeque<>(configuration.children());
        for (Included start = children.poll(); start != null; start = children.poll()) {
            if (!read.add(start)) {
                continue;
            }
            if (read.size() > MOST_PIPELINES) {
                found.problem("expected " + MOST_PIPELINES + " pipelines that jobs start at most");
                return;
            }
            GitlabConfiguration child = new GitlabConfiguration(folder, found, unread);
            try {
                child.addFile(start.file(), start.inputs());
            } catch (IOException unreadable) {
                found.problem(new InputException(start.file().toString(), 1, 1, "cannot be read: expected a file"));
            } catch (InputException problem) {
                found.problem(problem);
            }
            each.accept(child);
            children.addAll(child.children());
        }
    }
}
