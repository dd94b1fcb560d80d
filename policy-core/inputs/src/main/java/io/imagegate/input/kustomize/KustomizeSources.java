package io.imagegate.input.kustomize;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.imagegate.input.InputException;
import io.imagegate.input.tree.SourceFiles;
import io.imagegate.input.tree.TreeInput;
import io.imagegate.syntax.Node;
import io.imagegate.text.SafeText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The files that a kustomization and those that it includes may name: every text of theirs is looked for as a file and as a folder of
 * another kustomization, because what cannot be read may mean anything. Not thread-safe.
 */
final class KustomizeSources {

    /** Programs and charts, which read what they want. */
    private static final Set<String> PROGRAMS = Set.of(
            "generators", "transformers", "validators", "helmCharts", "helmChartInflationGenerator", "helmGlobals");

    /** Fields whose values kustomize also fetches. */
    private static final Set<String> FETCHED = Set.of(
            "resources", "bases", "components", "crds", "configurations", "openapi", "patchesStrategicMerge", "path");

    /** What deploys more folders, or could by an escape. */
    private static final Pattern DEPLOYING = Pattern.compile(
            "toolkit\\.fluxcd\\.io|fluxcd\\.controlplane\\.io|argoproj\\.io|helm\\.cattle\\.io|\\\\[xuU/\\r\\n]");

    private static final int SHOWN = 60;

    private final SourceFiles files;

    private KustomizeSources(SourceFiles files) {
        this.files = files;
    }

    /**
     * {@return the files}
     *
     * @param folder the folder of a kustomization, without links
     * @throws InputException if they are not known
     */
    static Set<Path> of(Path folder) throws InputException {
        SourceFiles files = new SourceFiles(folder);
        new KustomizeSources(files).folder(folder);
        return files.all();
    }

    private void folder(Path folder) throws InputException {
        for (String name : Kustomization.FILES) {
            Path file = folder.resolve(name);
            if (files.add(file) && Files.isRegularFile(file)) {
                kustomization(folder, file);
            }
        }
    }

    private void kustomization(Path folder, Path file) throws InputException {
        byte[] content = content(file);
        for (Node document : TreeInput.yaml(file.toString(), content)) {
            for (Node.Field field : document.fields()) {
                if (PROGRAMS.contains(field.name().text())) {
                    throw files.unknown("it is not known what " + field.name().text() + " reads");
                }
            }
            texts(document, folder, false);
        }
    }

    private byte[] content(Path file) throws InputException {
        byte[] content = files.content(file);
        if (DEPLOYING.matcher(new String(content, ISO_8859_1)).find()) {
            throw files.unknown(
                    file.getFileName() + " may have objects of Flux, Argo CD or k3s, which deploy other files");
        }
        return content;
    }

    private void texts(Node node, Path folder, boolean fetched) throws InputException {
        if (node.isScalar()) {
            name(node.text(), folder, fetched);
            // As in files of a ConfigMap: key=file.
            name(node.text().substring(node.text().indexOf('=') + 1), folder, false);
        }
        for (Node.Field field : node.fields()) {
            texts(
                    field.value(),
                    folder,
                    fetched || FETCHED.contains(field.name().text()));
        }
        for (Node element : node.elements()) {
            texts(element, folder, fetched);
        }
    }

    private void name(String name, Path folder, boolean fetched) throws InputException {
        // Kustomize takes no absolute ones.
        Optional<Path> named = name.startsWith("/") ? Optional.empty() : SourceFiles.path(folder, name);
        boolean isHere = named.filter(Files::exists).isPresent();
        if (fetched && name.indexOf('\n') < 0 && KustomizeFiles.mayBeRemote(name, isHere)) {
            throw files.unknown(SafeText.quote(name, SHOWN) + " is elsewhere");
        }
        if (named.isEmpty()) {
            return;
        }
        if (Files.isDirectory(named.get())) {
            folder(named.get());
        } else if (files.add(named.get()) && Files.isRegularFile(named.get())) {
            content(named.get());
        }
    }
}
