package io.imagegate.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Measures {@code check} of a repository beside {@code kubectl kustomize} of each of its kustomizations and {@code helm template} of
 * each of its charts: processor time together, and the most memory of one process. {@code check} reads all other files, too; it is one
 * process, and the others are one for each folder. Programs run without a network.
 */
final class RepositoryBenchmark {

    static final String OVERLAYS = "12 overlays of one base with definitions of 11 MB";
    static final String CHARTS = "100 copies of this project's chart";

    private static final Set<String> KUSTOMIZATIONS =
            Set.of("kustomization.yaml", "kustomization.yml", "Kustomization");
    private static final String POLICY = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: all}
            spec: {rules: [{name: all, allow: ["**"]}]}
            """;

    /**
     * What was measured of one repository.
     *
     * @param repository its name
     * @param check what {@code check} takes
     * @param kubectl what {@code kubectl kustomize} takes
     * @param helm what {@code helm template} takes
     */
    record Result(String repository, Usage check, Usage kubectl, Usage helm) {

        /** {@return what the tools take together} */
        Usage others() {
            return kubectl.and(helm);
        }
    }

    /**
     * What processes take.
     *
     * @param runs how many there are
     * @param failed how many of them fail
     * @param seconds processor time of all
     * @param mebibytes memory of the largest
     */
    record Usage(int runs, int failed, double seconds, double mebibytes) {

        static final Usage NONE = new Usage(0, 0, 0, 0);

        Usage and(Usage other) {
            return new Usage(
                    runs + other.runs,
                    failed + other.failed,
                    seconds + other.seconds,
                    Math.max(mebibytes, other.mebibytes));
        }
    }

    private final List<String> imagegate;
    private final Path folder;
    private final Path kubectl;
    private final Path helm;
    private final int rounds;

    /**
     * @param program the runnable jar, or the command of a package
     * @param folder for files
     * @param packed the folder with kubectl and helm, packed
     * @param quick whether each is run once
     */
    RepositoryBenchmark(Path program, Path folder, Path packed, boolean quick)
            throws IOException, InterruptedException {
        this.imagegate = Imagegate.command(program, Imagegate.JAVA);
        this.folder = Files.createDirectories(folder.toAbsolutePath());
        // One program, whose name says which it is.
        this.kubectl = unpacked(packed.resolve("kubernetes.xz"), "kubectl");
        this.helm = unpacked(packed.resolve("helm.xz"), "helm");
        this.rounds = quick ? 1 : 3;
    }

    private Path unpacked(Path packed, String name) throws IOException, InterruptedException {
        Path program = folder.resolve(name);
        if (Files.notExists(program) && Files.exists(packed)) {
            Command.output(
                    List.of("sh", "-c", "xz -dc '" + packed + "' > '" + program + "' && chmod +x '" + program + "'"));
        }
        return program;
    }

    /**
     * Measures repositories alone, and prints the table of the page.
     *
     * @param arguments the runnable jar or the command of a package, the folder for files, that of packed programs, that of a chart, then those of repositories
     * @throws IOException when a program cannot be run or a file cannot be written
     * @throws InterruptedException when asked to end
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<Path> all = Arrays.stream(arguments).map(Path::of).toList();
        RepositoryBenchmark benchmark =
                new RepositoryBenchmark(all.get(0), all.get(1), all.get(2), Boolean.getBoolean("bench.quick"));
        StringBuilder page = new StringBuilder();
        RepositorySection.table(benchmark.measure(all.get(3), all.subList(4, all.size())))
                .appendTo(page);
        System.out.println(page);
    }

    /** {@return what was measured; nothing, which is told, where a program is missing} */
    List<Result> measure(Path chart, List<Path> repositories) throws IOException, InterruptedException {
        for (List<String> program : List.of(
                List.of("unshare", "-rn", "true"),
                List.of("time", "true"),
                List.of(kubectl.toString(), "version", "--client"),
                List.of(helm.toString(), "version"))) {
            if (Command.attempt(program.toArray(String[]::new)).isEmpty()) {
                System.err.println("SKIPPED: repositories, because " + String.join(" ", program) + " cannot be run");
                return List.of();
            }
        }
        Files.writeString(folder.resolve("policy.yaml"), POLICY);
        Map<String, Path> all = new LinkedHashMap<>();
        all.put(OVERLAYS, RepositorySamples.overlays(folder.resolve("overlays"), 12));
        all.put(CHARTS, RepositorySamples.charts(folder.resolve("charts"), chart, 100));
        repositories.forEach(path -> all.put(String.valueOf(path.getFileName()), path));
        List<Result> results = new ArrayList<>();
        for (Map.Entry<String, Path> one : all.entrySet()) {
            Result result = measure(one.getKey(), one.getValue().toAbsolutePath());
            System.out.println(result);
            results.add(result);
        }
        return results;
    }

    /** The programs take turns, so that what the machine does meanwhile hits each; the median of the rounds by check's time. */
    private Result measure(String name, Path repository) throws IOException, InterruptedException {
        List<Path> kustomizations = new ArrayList<>();
        List<Path> charts = new ArrayList<>();
        for (Path file : files(repository)) {
            String called = String.valueOf(file.getFileName());
            if (KUSTOMIZATIONS.contains(called)) {
                kustomizations.add(file.getParent());
            } else if (called.equals("Chart.yaml")) {
                charts.add(file.getParent());
            }
        }
        List<Result> results = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            results.add(new Result(
                    name,
                    run(Stream.concat(
                                    imagegate.stream(),
                                    Stream.of(
                                            "check",
                                            "-p",
                                            folder.resolve("policy.yaml").toString(),
                                            repository.toString()))
                            .toList()),
                    run(kustomizations, kubectl, "kustomize"),
                    run(charts, helm, "template")));
        }
        results.sort(Comparator.comparingDouble(result -> result.check().seconds()));
        return results.get(rounds / 2);
    }

    private static List<Path> files(Path repository) throws IOException {
        try (Stream<Path> all = Files.walk(repository)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private Usage run(List<Path> folders, Path tool, String command) throws IOException, InterruptedException {
        Usage all = Usage.NONE;
        for (Path of : folders) {
            all = all.and(run(List.of(tool.toString(), command, of.toString())));
        }
        return all;
    }

    /** Runs a program to its end, in the namespace of a network without interfaces. */
    private Usage run(List<String> program) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("unshare", "-rn", "timeout", "120"));
        command.addAll(program);
        Command.Cost cost = Command.cost(command, folder.resolve("usage"));
        return new Usage(1, cost.status() == 0 ? 0 : 1, cost.processorSeconds(), cost.mebibytes());
    }
}
