package io.imagegate.render;

import io.imagegate.input.Input;
import io.imagegate.input.kubernetes.ObjectReading;
import io.imagegate.input.kustomize.RepositoryUrls;
import io.imagegate.manifest.InputSettings;
import io.imagegate.manifest.Inputs;
import io.imagegate.workload.Workloads;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Charts and kustomizations of folders as the programs make them that deploy them: {@code helm template}, and {@code kubectl
 * kustomize} or {@code kustomize build}. The folders are copied, and the programs see the copy alone; a repository may be hostile. All
 * other files are read as {@link Inputs} reads them. Not thread-safe.
 *
 * <pre>{@code
 * Path folder = Path.of("deploy");
 * try (Rendering rendering = Rendering.open(List.of(folder), RenderSettings.of(System.getenv("PATH")))) {
 *     Inputs.read(folder, rendering.inputs(policies.workloads()), new InputListener() {
 *         @Override
 *         public void object(InputObject object) {
 *             System.out.println(object.title() + ": " + object.decide(ImageGate.of(policies), "default"));
 *         }
 *
 *         @Override
 *         public void problem(InputException problem) {
 *             System.out.println(problem.getMessage());
 *         }
 *     });
 * }
 * }</pre>
 *
 * @since 0.1
 */
public final class Rendering implements Closeable {

    private final RenderSettings settings;
    private final Path folder;
    private final RepositoryCopy copy;
    private final Confinement confinement;
    private final Map<String, SortedSet<String>> charts = new TreeMap<>();
    private final Thread atExit = new Thread(this::endQuietly, "rendering-end");
    private int kustomizations;
    private @Nullable HelmTool helm;
    private @Nullable KustomizeTool kustomize;

    private Rendering(RenderSettings settings, Path folder, RepositoryCopy copy, Confinement confinement) {
        this.settings = settings;
        this.folder = folder;
        this.copy = copy;
        this.confinement = confinement;
    }

    /**
     * Copies folders.
     *
     * @param folders the folders; what a chart or kustomization uses is in one of them
     * @param settings how they are rendered
     * @return the rendering, to be closed
     * @throws IOException if a folder cannot be copied, or the operating system cannot confine programs
     */
    public static Rendering open(Collection<Path> folders, RenderSettings settings) throws IOException {
        Path folder = Files.createTempDirectory("imagegate-render").toRealPath();
        try {
            RepositoryCopy copy = RepositoryCopy.of(folders, Files.createDirectory(folder.resolve("root")));
            String name = String.valueOf(folder.getFileName());
            Rendering opened = new Rendering(settings, folder, copy, Confinement.open(settings, copy, name));
            Runtime.getRuntime().addShutdownHook(opened.atExit);
            return opened;
        } catch (IOException | RuntimeException failed) {
            delete(folder);
            throw failed;
        }
    }

    /**
     * {@return new inputs for one run: those for charts and kustomizations in the folders, then those of {@link Inputs#of(Workloads)}}
     *
     * @param workloads where images stand in objects of each kind
     */
    public List<Input> inputs(Workloads workloads) {
        return inputs(InputSettings.of(workloads));
    }

    /**
     * {@return new inputs for one run: those for charts and kustomizations in the folders, then those of
     * {@link Inputs#of(InputSettings)}}
     *
     * @param settings how files are read
     * @throws IllegalArgumentException if one of the URLs is none of a repository
     */
    public List<Input> inputs(InputSettings settings) {
        ObjectReading reading = new ObjectReading(settings.workloads(), settings.asWebhook());
        RepositoryUrls repository = RepositoryUrls.of(settings.repositories());
        List<Input> inputs = new ArrayList<>(
                List.of(new KustomizationInput(this, reading, repository), new ChartInput(this, reading)));
        inputs.addAll(Inputs.of(settings));
        return List.copyOf(inputs);
    }

    /**
     * {@return what was rendered by which program with which values, and which charts may print something else in another place or at
     * another time, a line each}
     */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (helm != null && !charts.isEmpty()) {
            notes.add(helm.title() + ": " + count(charts.size(), "chart"));
        }
        if (kustomize != null && kustomizations > 0) {
            notes.add(kustomize.title() + ": " + count(kustomizations, "kustomization"));
        }
        charts.forEach((chart, words) -> {
            if (!words.isEmpty()) {
                notes.add(chart + " depends on where it is rendered: " + String.join(", ", words));
            }
        });
        return notes;
    }

    private static String count(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    /** {@return the folder of a file, without links} */
    static Path folder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        try {
            return folder == null ? file : folder.toRealPath();
        } catch (IOException missing) {
            return file.toAbsolutePath().normalize().resolveSibling("");
        }
    }

    /** {@return the copy of the folder of a file; empty if it is not copied} */
    Optional<Path> copied(Path file) {
        return Optional.of(copy.of(folder(file))).filter(Files::isDirectory);
    }

    Optional<String> missingBelow(Path real) {
        return copy.missingBelow(real);
    }

    HelmTool helm() throws IOException {
        HelmTool opened = helm;
        if (opened == null) {
            opened = HelmTool.open(confinement, settings);
            helm = opened;
        }
        return opened;
    }

    KustomizeTool kustomize() throws IOException {
        KustomizeTool opened = kustomize;
        if (opened == null) {
            opened = KustomizeTool.open(confinement);
            kustomize = opened;
        }
        return opened;
    }

    void noteChart(String name, SortedSet<String> words) {
        charts.put(name.isEmpty() ? "." : name, words);
    }

    void noteKustomization() {
        kustomizations++;
    }

    /** Deletes the copy. The end of the process does, too, unless it is killed. */
    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException ends) {
            return;
        }
        delete(folder);
    }

    private void endQuietly() {
        confinement.end();
        try {
            delete(folder);
        } catch (IOException left) {
            // Nobody hears of it any more.
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failed) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
