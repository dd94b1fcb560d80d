package io.imagegate.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The jar under test: as the image starts it, and in the other ways that OPERATIONS.md describes. */
final class Imagegate {

    static final String NAME = "Imagegate";

    static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private static final int AOT_CACHE_SINCE = 25;

    /** As the Containerfile has it: an AOT cache keeps profiles of the methods that they run. */
    private static final String TRAINING_REVIEWS = "4000";

    private final Path jar;
    private final Path folder;
    private final ImageFlags image;
    private final Path certificates;
    private final Map<String, String> archives = new HashMap<>();

    Imagegate(Path jar, Path folder, ImageFlags image) throws IOException, InterruptedException {
        this.jar = jar;
        this.folder = folder;
        this.image = image;
        this.certificates = folder.resolve("certificates");
        if (!Files.exists(certificates)) {
            Command.output(List.of(
                    JAVA, "-jar", jar.toString(), "certs", "--out", certificates.toString(), "--host", "127.0.0.1"));
        }
    }

    Path authority() {
        return certificates.resolve("ca.pem");
    }

    Path certificate() {
        return certificates.resolve("webhook.pem");
    }

    Path key() {
        return certificates.resolve("webhook-key.pem");
    }

    /** The image's flags and an archive, on one Java. */
    Contestant asTheImageStarts(String name, String java) throws IOException, InterruptedException {
        List<String> flags = new ArrayList<>(image.flags());
        flags.add((hasAotCache(java) ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + archive(java));
        return contestant(name, java, flags, image.environment());
    }

    /** The ways to start it, the last of each Java being the image's. */
    List<Contestant> starts(List<String> javas) throws IOException, InterruptedException {
        List<Contestant> ways = new ArrayList<>();
        for (String java : javas) {
            String name = "Java " + version(java);
            ways.add(contestant(name + ", a heap of 64 MiB and no other flag", java, List.of("-Xmx64m"), Map.of()));
            ways.add(contestant(name + ", the image's flags", java, image.flags(), image.environment()));
            ways.add(asTheImageStarts(name + ", these flags and an archive", java));
        }
        return ways;
    }

    private Contestant contestant(String name, String java, List<String> flags, Map<String, String> environment) {
        return new Contestant(
                name,
                port -> serve(java, flags, "--host", "127.0.0.1", "--port", Integer.toString(port)),
                environment,
                true);
    }

    private List<String> serve(String java, List<String> flags, String... more) {
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(flags);
        command.addAll(List.of("-jar", jar.toString(), "serve"));
        command.addAll(List.of("--tls-cert", certificate().toString(), "--tls-key", key().toString()));
        command.addAll(List.of(more));
        return command;
    }

    /** {@return an archive that fits the image's flags on this Java, made once in a run} */
    private String archive(String java) throws IOException, InterruptedException {
        String made = archives.get(java);
        if (made != null) {
            return made;
        }
        Path archive = folder.resolve("imagegate-" + version(java) + ".archive").toAbsolutePath();
        Files.deleteIfExists(archive);
        List<String> flags = new ArrayList<>(image.flags());
        flags.add((hasAotCache(java) ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + archive);
        List<String> training = List.of("--dry-run", "--warm-up", TRAINING_REVIEWS);
        List<String> command = serve(java, flags, "--host", "127.0.0.1", "--port", "0", "--management-port", "0");
        command.addAll(training);
        Command.output(command);
        archives.put(java, archive.toString());
        return archive.toString();
    }

    private static boolean hasAotCache(String java) throws IOException, InterruptedException {
        return version(java) >= AOT_CACHE_SINCE;
    }

    private static int version(String java) throws IOException, InterruptedException {
        String text = Command.output(List.of(java, "--version"));
        return Integer.parseInt(text.split("[ .]", 3)[1]);
    }
}
