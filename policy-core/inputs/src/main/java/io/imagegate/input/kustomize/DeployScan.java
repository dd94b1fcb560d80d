package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import io.imagegate.input.kubernetes.DefinitionText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the objects of Flux, Argo CD and k3s that deploy something in the files of a run. Not thread-safe. */
final class DeployScan {

    /** Most values in all files that deploy something, which are kept for the run. */
    private static final int KEPT = 2 * KustomizeBudget.KEPT;

    /** Longer than the name of a group, also in escapes. */
    private static final int OVERLAP = 500;

    private final KustomizeFiles files;
    private final KustomizeBudget budget;
    private final NamedObjects named;
    private final RepositoryPaths paths;
    private final Map<Path, List<ManifestNode>> found = new LinkedHashMap<>();
    private final Map<Path, InputException> unscanned = new HashMap<>();
    private final Set<Path> scanned = new HashSet<>();
    private boolean hasOverrides;
    /** Names of ConfigMaps; null before they are looked for. */
    private @Nullable Set<String> wanted;
    /** Values in {@link #found}. */
    private int kept;

    DeployScan(KustomizeFiles files, KustomizeBudget budget, NamedObjects named, RepositoryPaths paths) {
        this.files = files;
        this.budget = budget;
        this.named = named;
        this.paths = paths;
    }

    /** Looks for objects that deploy something in a file of the run. */
    void announce(Path file) {
        paths.announce(file);
        wanted = null;
        hasOverrides |= ArgoOverrides.isOne(file);
        try {
            scan(file);
        } catch (IOException | InputException unreadable) {
            // It is a problem when it is read.
        }
    }

    private void scan(Path file) throws IOException, InputException {
        Path real = paths.add(file);
        if (!Files.isRegularFile(real) || !scanned.add(real)) {
            return;
        }
        DeployWords words = new DeployWords();
        try (InputStream in = Files.newInputStream(real, LinkOption.NOFOLLOW_LINKS)) {
            byte[] part = in.readNBytes(KustomizeFiles.LONGEST);
            byte[] text = DefinitionText.passed(part);
            words.read(text);
            while (part.length == KustomizeFiles.LONGEST) {
                part = in.readNBytes(KustomizeFiles.LONGEST);
                text = joined(Arrays.copyOfRange(text, Math.max(0, text.length - OVERLAP), text.length), part);
                words.read(text);
            }
        }
        if (words.mayBeNamed()) {
            named.announce(file);
        }
        if (words.mayDeploy()) {
            budget.begin();
            List<ManifestNode> deploying = new ArrayList<>();
            try {
                for (ManifestNode document : files.resources(
                        new ManifestSource(file.toString(), real, 0, false), ManifestNode.named(file), budget)) {
                    objects(document).stream()
                            .filter(object -> DeployingKind.of(object) != null)
                            .forEach(deploying::add);
                }
                keep(deploying);
            } catch (InputException unreadable) {
                if (budget.isSpent() || kept > KEPT || !files.isRead(real)) {
                    unscanned.put(real, unreadable);
                }
                throw unreadable;
            }
            if (!deploying.isEmpty()) {
                found.put(real, deploying);
            }
        }
    }

    private void keep(List<ManifestNode> deploying) throws InputException {
        if (!deploying.isEmpty()) {
            kept += budget.mark();
            if (kept > KEPT) {
                throw deploying
                        .get(0)
                        .malformed("expected " + KEPT + " values at most in all files with objects of Flux, Argo CD and"
                                + " k3s: check some of them apart");
            }
        }
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] all = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        return all;
    }

    /** Refuses a file that may have such objects and has too much to look for them. */
    void requireScanned(Path file) throws InputException {
        InputException problem = unscanned(file);
        if (problem != null) {
            throw problem;
        }
    }

    /** {@return whether a file has such objects, or may have some and has too much to look for them} */
    boolean deploys(Path file) {
        return !in(file).isEmpty() || unscanned(file) != null;
    }

    private @Nullable InputException unscanned(Path file) {
        try {
            return unscanned.isEmpty() ? null : unscanned.get(paths.real(file));
        } catch (IOException missing) {
            return null;
        }
    }

    /** {@return the objects in a file of the run that deploy something} */
    List<ManifestNode> in(Path file) {
        try {
            return found.isEmpty() ? List.of() : found.getOrDefault(paths.real(file), List.of());
        } catch (IOException missing) {
            return List.of();
        }
    }

    /** {@return the files with such objects, without links} */
    Set<Path> all() {
        return found.keySet();
    }

    /** {@return whether an object of the run takes values from a ConfigMap with a name} */
    boolean isWanted(String name) {
        Set<String> names = wanted;
        if (names == null) {
            names = new HashSet<>();
            for (List<ManifestNode> objects : found.values()) {
                for (ManifestNode object : objects) {
                    ManifestNode spec = ManifestNode.in(object, "spec");
                    List<ManifestNode> all = new ArrayList<>(ManifestNode.in(spec, "valuesFrom").elements);
                    all.addAll(ManifestNode.in(ManifestNode.in(spec, "postBuild"), "substituteFrom").elements);
                    for (ManifestNode reference : all) {
                        names.add(reference.text("name"));
                    }
                }
            }
            wanted = names;
        }
        return names.contains(name);
    }

    /** {@return whether there are files that change Applications} */
    boolean hasOverrides() {
        return hasOverrides;
    }

    /** {@return the objects of a document, also those of a list} */
    static List<ManifestNode> objects(ManifestNode document) {
        List<ManifestNode> all = new ArrayList<>();
        addAll(document, all);
        return all;
    }

    private static void addAll(ManifestNode value, List<ManifestNode> all) {
        ManifestNode items = ManifestNode.in(value, "items");
        if (value.isArray() || items.isArray()) {
            for (ManifestNode element : value.isArray() ? value.elements : items.elements) {
                addAll(element, all);
            }
        } else if (value.isObject()) {
            all.add(value);
        }
    }
}
