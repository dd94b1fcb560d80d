package io.imagegate.input.kustomize;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.input.InputException;
import io.imagegate.input.InputListener;
import io.imagegate.input.kustomize.RepositoryUrls.Origin;
import io.imagegate.input.place.UnreadParts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the paths that are deployed come from: URLs of Applications, and the sources of Flux, as they are written and as kustomizations
 * of the run change them. Not thread-safe.
 */
final class FluxSources {

    private static final String GROUP = ".source.toolkit.fluxcd.io";

    private final DeployedFiles files;
    private final KustomizeBudget budget;
    private final UnreadParts unread;
    private final RepositoryUrls repository;
    private final ChangedObjects changed;
    /** What is made of the sources of a file, also of none while it is looked for. */
    private final Map<Path, List<ManifestNode>> made = new HashMap<>();

    /** Whether a file of a repository leaves a file out, by that. */
    private final Map<Path, Boolean> leftOut = new HashMap<>();

    /** Finds what the run makes of the objects of a file. */
    @FunctionalInterface
    interface ChangedObjects {

        /** {@return the objects that kustomizations make which have those of a file} */
        List<ManifestNode> of(Path file);
    }

    FluxSources(
            DeployedFiles files,
            KustomizeBudget budget,
            UnreadParts unread,
            RepositoryUrls repository,
            ChangedObjects changed) {
        this.files = files;
        this.budget = budget;
        this.unread = unread;
        this.repository = repository;
        this.changed = changed;
    }

    /** {@return whether a repository is the one of this run} It is told if that is not known. */
    Origin origin(ManifestNode what, String url) {
        Origin origin = repository.origin(url);
        if (origin == Origin.UNKNOWN) {
            unread.add(
                    InputListener.INCLUDED,
                    what.source.name() + ":" + what.line + ": " + UnreadResource.name(what),
                    "expected the URL of its repository in files of this run, to compare it with --repository");
        }
        return origin;
    }

    /** {@return whether a source of Flux is the repository of this run} It is told if that is not known. */
    Origin originOfSource(ManifestNode object, ManifestNode reference) throws InputException {
        if (!repository.areGiven()) {
            return Origin.HERE;
        }
        Set<Origin> origins = new HashSet<>();
        for (ManifestNode source : sources(object, reference)) {
            origins.add(origin(ManifestNode.in(source, "spec")));
        }
        return origins.size() == 1 && !origins.contains(Origin.UNKNOWN)
                ? origins.iterator().next()
                : origin(reference, "");
    }

    private Origin origin(ManifestNode source) {
        ManifestNode url = source.field("url");
        // What else is included may take the place of a path.
        boolean isKnown = url != null
                && url.changedBy == null
                && ManifestNode.in(source, "include").elements.isEmpty();
        return url == null || !isKnown ? Origin.UNKNOWN : repository.origin(url.text);
    }

    private List<ManifestNode> sources(ManifestNode object, ManifestNode reference) throws InputException {
        String kind = reference.text("kind") + GROUP;
        List<ManifestNode> all = new ArrayList<>(files.named.named(object, kind, reference));
        for (ManifestNode source : files.named.written(object, kind, reference)) {
            all.add(source);
            String namespace = ManifestNode.in(source, "metadata").text("namespace");
            for (ManifestNode other : changed(source.source.path())) {
                boolean isSame = NamedObjects.kind(other).equals(kind)
                        && ManifestNode.in(other, "metadata").text("name").equals(reference.text("name"));
                if (isSame && NamedObjects.isIn(namespace, other)) {
                    all.add(other);
                }
            }
        }
        return all;
    }

    private List<ManifestNode> changed(Path file) {
        List<ManifestNode> known = made.putIfAbsent(file, List.of());
        if (known != null) {
            return known;
        }
        List<ManifestNode> sources = new ArrayList<>(changed.of(file));
        sources.removeIf(object -> !NamedObjects.kind(object).endsWith(GROUP));
        made.put(file, sources);
        return sources;
    }

    /**
     * {@return whether the source of a Kustomization of Flux may leave a file out of what it deploys}
     *
     * @param reference the source
     */
    boolean isIgnored(ManifestNode object, ManifestNode reference, Path file) throws InputException {
        Path root = files.paths.root();
        if (root == null) {
            return false;
        }
        Boolean isLeftOut = leftOut.get(file);
        if (isLeftOut == null) {
            isLeftOut = isLeftOut(object, root, file);
            leftOut.put(file, isLeftOut);
        }
        if (isLeftOut) {
            return true;
        }
        for (ManifestNode source : sources(object, reference)) {
            ManifestNode ignore = ManifestNode.in(source, "spec").field("ignore");
            if (ignore != null) {
                ignore.requireKnown();
                if (leavesOut(object, ignore.text, root, file)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isLeftOut(ManifestNode object, Path root, Path file) throws InputException {
        for (Path folder = file.getParent(); folder != null && folder.startsWith(root); folder = folder.getParent()) {
            Path patterns = folder.resolve(SourceIgnore.FILE);
            if (Files.isRegularFile(patterns)
                    && leavesOut(object, new String(files.content(patterns), UTF_8), folder, file)) {
                return true;
            }
        }
        return false;
    }

    private boolean leavesOut(ManifestNode object, String patterns, Path folder, Path file) throws InputException {
        budget.look(object, patterns.length());
        return SourceIgnore.leavesOut(patterns, folder, file);
    }
}
