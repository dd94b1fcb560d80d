package io.imagegate.manifest;

import io.imagegate.follow.SearchedFolders;
import io.imagegate.input.Input;
import io.imagegate.input.InputException;
import io.imagegate.input.InputFactory;
import io.imagegate.input.InputFile;
import io.imagegate.input.InputListener;
import io.imagegate.input.InputObject;
import io.imagegate.input.bazel.BazelModules;
import io.imagegate.input.compose.Composes;
import io.imagegate.input.deploy.DeploymentFiles;
import io.imagegate.input.devcontainer.DevContainers;
import io.imagegate.input.dockerfile.Dockerfiles;
import io.imagegate.input.github.GithubFiles;
import io.imagegate.input.gitlab.GitlabFiles;
import io.imagegate.input.helm.ChartDependencies;
import io.imagegate.input.helm.ChartValuesFiles;
import io.imagegate.input.helm.HelmTemplates;
import io.imagegate.input.kubernetes.Manifests;
import io.imagegate.input.kubernetes.ObjectReading;
import io.imagegate.input.kustomize.Kustomizations;
import io.imagegate.input.kustomize.RepositoryUrls;
import io.imagegate.input.list.ImageLists;
import io.imagegate.input.terraform.TerraformPlans;
import io.imagegate.policy.PolicySet;
import io.imagegate.workload.Workloads;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The formats that Imagegate reads, and the only place that says which of them reads a file. A new format of Imagegate is a class
 * and a line here; one of a program is an {@link InputFactory}. Then {@code check}, {@code check --write} and {@code pin} read it.
 *
 * <pre>{@code
 * Inputs.read(Path.of("src/main"), policies.workloads(), new InputListener() {
 *     @Override
 *     public void object(InputObject object) {
 *         System.out.println(object.title() + ": " + object.decide(ImageGate.of(policies), "default"));
 *     }
 *
 *     @Override
 *     public void problem(InputException problem) {
 *         System.out.println(problem.getMessage());
 *     }
 * });
 * }</pre>
 *
 * @since 0.1
 */
public final class Inputs {

    private Inputs() {}

    /**
     * {@return new inputs for one run, those of factories first. The first that recognises a file reads it; the last recognises
     * every file}
     *
     * @param workloads where images stand in objects of each kind, as {@link PolicySet#workloads()} of the policies that decide on
     *     them
     * @throws java.util.ServiceConfigurationError if an {@link InputFactory} cannot be loaded
     */
    public static List<Input> of(Workloads workloads) {
        return of(InputSettings.of(workloads));
    }

    /**
     * {@return new inputs for one run as {@link #of(Workloads)} has them, by settings}
     *
     * @param settings how files are read
     * @throws IllegalArgumentException if one of the URLs is none of a repository
     * @throws java.util.ServiceConfigurationError if an {@link InputFactory} cannot be loaded
     */
    public static List<Input> of(InputSettings settings) {
        List<Input> inputs = new ArrayList<>();
        settings.factories().forEach(factory -> inputs.add(factory.create()));
        ServiceLoader.load(InputFactory.class).forEach(factory -> inputs.add(factory.create()));
        inputs.addAll(builtin(settings));
        return List.copyOf(inputs);
    }

    /**
     * {@return the inputs of Imagegate alone, as {@link #of(Workloads)} has them after those of factories}
     *
     * @param workloads as in {@link #of}
     */
    public static List<Input> builtin(Workloads workloads) {
        return builtin(InputSettings.of(workloads));
    }

    private static List<Input> builtin(InputSettings settings) {
        List<Input> inputs = new ArrayList<>();
        ObjectReading reading = new ObjectReading(settings.workloads(), settings.asWebhook());
        Manifests manifests = new Manifests(reading);
        Kustomizations kustomizations = new Kustomizations(reading, RepositoryUrls.of(settings.repositories()));
        inputs.add(kustomizations);
        inputs.add(new ChartValuesFiles());
        inputs.add(new Dockerfiles());
        inputs.add(new GithubFiles());
        inputs.add(new GitlabFiles());
        inputs.add(new DevContainers());
        inputs.add(new BazelModules());
        inputs.add(new Composes());
        inputs.add(new TerraformPlans(reading));
        inputs.add(new ImageLists());
        inputs.add(new DeploymentFiles(kustomizations, manifests));
        inputs.add(new HelmTemplates(manifests));
        inputs.add(new ChartDependencies());
        inputs.add(manifests);
        return List.copyOf(inputs);
    }

    /**
     * Reads a file, or the files of a folder and its subfolders whose names say that they may name images. {@code .git} and
     * {@code node_modules} are left out. A link that names the file or folder is followed; a link in a folder only to a file of
     * this folder: one that leads out of it is a problem, and a linked folder is {@linkplain InputListener#unread not read}. Files
     * of a folder without images are skipped; a named file must have some format.
     *
     * @param path the file or folder
     * @param workloads where images stand in objects of each kind, as {@link PolicySet#workloads()} of the policies that decide on
     *     them
     * @param found called with what is in the files, in the order of their names; a file that cannot be read is a problem, and the
     *     others are read
     * @throws IOException if the folder cannot be read
     * @throws java.util.ServiceConfigurationError if an {@link InputFactory} cannot be loaded
     */
    public static void read(Path path, Workloads workloads, InputListener found) throws IOException {
        read(path, of(workloads), found);
    }

    /**
     * Reads a file or folder as {@link #read(Path, Workloads, InputListener)} does, by settings, which may have formats of the program.
     *
     * @param path the file or folder
     * @param settings how files are read
     * @param found called with what is in the files
     * @throws IOException if the folder cannot be read
     * @throws IllegalArgumentException if one of the URLs is none of a repository
     * @throws java.util.ServiceConfigurationError if an {@link InputFactory} cannot be loaded
     */
    public static void read(Path path, InputSettings settings, InputListener found) throws IOException {
        read(path, of(settings), found);
    }

    /**
     * Reads a file or folder as {@link #read(Path, Workloads, InputListener)} does, by other inputs.
     *
     * @param path the file or folder
     * @param inputs new inputs; the first that recognises a file reads it
     * @param found called with what is in the files
     * @throws IOException if the folder cannot be read
     */
    public static void read(Path path, List<Input> inputs, InputListener found) throws IOException {
        if (!Files.isDirectory(path)) {
            inputs.forEach(input -> input.announce(path));
            read(InputFile.named(path.toString(), path, () -> Files.newInputStream(path)), inputs, found);
            return;
        }
        SearchedFolders searched = SearchedFolders.of(List.of(path.toString()));
        SortedSet<Path> files = files(path, inputs, searched, found);
        files.forEach(file -> inputs.forEach(input -> input.announce(file)));
        for (Path file : files) {
            read(InputFile.found(file, () -> searched.open(file)), inputs, found);
        }
    }

    private static void read(InputFile file, List<Input> inputs, InputListener found) {
        try (file) {
            for (Input input : inputs) {
                if (input.recognises(file)) {
                    input.read(file, new InFile(file.name(), found));
                    return;
                }
            }
        } catch (InputException malformed) {
            found.problem(malformed);
        } catch (IOException unreadable) {
            found.problem(new InputException(file.name(), "cannot be read: " + unreadable.getMessage()));
        }
    }

    private static SortedSet<Path> files(Path folder, List<Input> inputs, SearchedFolders searched, InputListener found)
            throws IOException {
        SortedSet<Path> files = new TreeSet<>();
        Path start = SearchedFolders.start(folder);
        Files.walkFileTree(start, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                boolean leftOut = !visited.equals(start)
                        && SearchedFolders.LEFT_OUT.contains(String.valueOf(visited.getFileName()));
                return leftOut ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path visited, BasicFileAttributes attributes) {
                Path file = folder.resolve(start.relativize(visited));
                boolean out = attributes.isSymbolicLink() && searched.leadsOut(file);
                boolean named = inputs.stream().anyMatch(input -> input.isNamed(file));
                if (Files.isDirectory(file)) {
                    if (out) {
                        found.unread(
                                "linked folder",
                                new InputException(
                                        file.toString(),
                                        "a link to a folder: expected its files, or its name as well"));
                    }
                } else if (named && out) {
                    found.problem(new InputException(file.toString(), SearchedFolders.LEADS_OUT));
                } else if (named && Files.exists(file) && !Files.isRegularFile(file)) {
                    // A pipe may never end.
                    found.unread("special file", new InputException(file.toString(), "expected a regular file"));
                } else if (named) {
                    // A link that leads nowhere is a problem when it is read.
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    /** Says of which file inputs speak. */
    private record InFile(String name, InputListener next) implements InputListener {

        @Override
        public void object(InputObject object) {
            next.object(object);
        }

        @Override
        public void unread(String what, InputException why) {
            next.unread(what, why);
        }

        @Override
        public void unreadPart(String what, String where, String why) {
            next.unreadPart(what, where, why);
        }

        @Override
        public void part(String what, String file, List<InputObject> alone) {
            next.part(what, file, alone);
        }

        @Override
        public void skipped(String why) {
            next.skipped(name + ": " + why);
        }

        @Override
        public void problem(InputException problem) {
            next.problem(
                    problem.file().equals(name)
                            ? problem
                            : new InputException(name, String.valueOf(problem.getMessage())));
        }
    }
}
