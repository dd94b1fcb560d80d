package io.imagegate.render;

import io.imagegate.input.Input;
import io.imagegate.input.InputException;
import io.imagegate.input.InputFile;
import io.imagegate.input.InputListener;
import io.imagegate.input.InputObject;
import io.imagegate.input.kubernetes.Manifests;
import io.imagegate.input.kubernetes.ObjectReading;
import io.imagegate.input.kustomize.Kustomizations;
import io.imagegate.input.kustomize.KustomizeRole;
import io.imagegate.input.kustomize.RepositoryUrls;
import io.imagegate.input.place.FileNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * The kustomizations of a run, each as the installed kustomize builds it. Which of them others include is read here, and so is a Component:
 * kustomize refuses one whose patches find nothing alone. Not thread-safe.
 */
final class KustomizationInput implements Input {

    private static final String ORIGIN = "config.kubernetes.io/origin";
    private static final String PATH = "path: ";

    private final Rendering rendering;
    private final Manifests manifests;
    private final Kustomizations kustomizations;

    KustomizationInput(Rendering rendering, ObjectReading reading, RepositoryUrls repository) {
        this.rendering = rendering;
        this.manifests = new Manifests(reading);
        this.kustomizations = new Kustomizations(reading, repository);
    }

    @Override
    public String name() {
        return kustomizations.name();
    }

    @Override
    public boolean isOfStreams() {
        return false;
    }

    @Override
    public boolean isNamed(Path file) {
        return kustomizations.isNamed(file);
    }

    @Override
    public void announce(Path file) {
        if (rendering.copied(file).isPresent()) {
            kustomizations.announce(file);
        }
    }

    @Override
    public boolean recognises(InputFile file) {
        return file.path() != null
                && !file.isNamed()
                && kustomizations.role(file.path()).isPresent();
    }

    @Override
    public void read(InputFile file, InputListener found) throws IOException, InputException {
        Path path = file.path();
        KustomizeRole role =
                path == null ? KustomizeRole.FILE : kustomizations.role(path).orElse(KustomizeRole.FILE);
        if (path == null || role == KustomizeRole.FILE) {
            found.part(role.part(), file.name(), List.of());
            return;
        }
        if (role == KustomizeRole.COMPONENT) {
            kustomizations.read(file, found);
            return;
        }
        try {
            List<InputObject> made = made(file, path);
            if (role == KustomizeRole.BASE) {
                found.part(role.part(), file.name(), made);
            } else {
                made.forEach(found::object);
            }
        } catch (IOException | InputException refused) {
            found.problem(new InputException(file.name(), "not judged: " + refused.getMessage()));
        }
    }

    private List<InputObject> made(InputFile file, Path path) throws IOException, InputException {
        Path copied = rendering.copied(path).orElseThrow();
        Confinement.Output output = rendering.kustomize().build(copied);
        if (output.status() != 0) {
            throw new IOException("kustomize: " + output.error());
        }
        rendering.noteKustomization();
        return RenderedObjects.read(manifests, output, file.name(), object -> resource(path, copied, object));
    }

    /** {@return the file that {@code buildMetadata: [originAnnotations]} names; empty if there is no such file} */
    private static String resource(Path kustomization, Path copied, InputObject object) {
        String origin = object.review("").annotations().getOrDefault(ORIGIN, "");
        if (origin.contains("repo: ")) {
            return "";
        }
        return origin.lines()
                .filter(line -> line.startsWith(PATH))
                .map(line -> line.substring(PATH.length()))
                .findFirst()
                .map(named -> resource(kustomization, copied, named))
                .orElse("");
    }

    private static String resource(Path kustomization, Path copied, String named) {
        try {
            return !Path.of(named).isAbsolute()
                            && Files.isRegularFile(copied.resolve(named).normalize())
                    ? FileNames.beside(kustomization.toString(), named)
                    : "";
        } catch (InvalidPathException none) {
            return "";
        }
    }
}
