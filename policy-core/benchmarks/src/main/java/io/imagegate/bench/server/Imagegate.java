package io.imagegate.bench.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
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
    static final int TRAINING_REVIEWS = 4_000;

    private static final String MAIN = "io.imagegate.cli.Main";

    /**
     * How the image starts a main class, but for its archive.
     *
     * @param java the program
     * @param flags of the JVM
     * @param classPath of the runnable jar and the provider of cryptography
     */
    record Likeness(String java, List<String> flags, String classPath) {}

    /** Class path and main class, and what the archive of these classes is called. */
    private record Launch(String name, List<String> words) {}

    private final Path jar;
    private final Path crypto;
    private final Path folder;
    private final ImageFlags image;
    private final Path certificates;
    private final Map<String, String> archives = new HashMap<>();
    private boolean built;

    Imagegate(Path jar, Path folder, ImageFlags image) throws IOException, InterruptedException {
        this.jar = jar;
        this.crypto = folder.resolve("crypto").toAbsolutePath();
        this.folder = folder;
        this.image = image;
        this.certificates = folder.resolve("certificates");
        Command.output(List.of(
                "sh",
                jar.resolveSibling("../src/runtime/crypto.sh").toString(),
                System.getProperty("java.home"),
                jar.resolveSibling("corretto-crypto.jar").toString(),
                crypto.toString()));
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

    /**
     * The image's flags, the provider of cryptography and an archive, on one Java. On the image's Java these are the files that its own
     * recipe makes.
     */
    Contestant asTheImageStarts(String name, String java) throws IOException, InterruptedException {
        if (version(java) != AOT_CACHE_SINCE) {
            return archived(name, java, corretto());
        }
        Likeness image = likeness(java);
        List<String> words = new ArrayList<>(image.flags());
        words.addAll(List.of("-XX:AOTCache=" + built(java).resolve("imagegate.aot"), "-cp", image.classPath(), MAIN));
        return contestant(name, image.java(), words, this.image.environment());
    }

    /** {@return how another main class is started like the image} */
    Likeness likeness(String java) throws IOException, InterruptedException {
        if (version(java) != AOT_CACHE_SINCE) {
            List<String> flags = new ArrayList<>(image.flags());
            flags.addAll(
                    List.of("-Djava.library.path=" + crypto.resolve("native"), "@" + crypto.resolve("crypto.flags")));
            return new Likeness(java, flags, classPath(jar, crypto));
        }
        Path files = built(java);
        return new Likeness(
                files.resolve("runtime/bin/java").toString(),
                List.of(
                        "@" + files.resolve("server.flags"),
                        "@" + files.resolve("crypto.flags"),
                        "-Djava.library.path=" + files.resolve("native")),
                classPath(files.resolve("imagegate.jar"), files));
    }

    Map<String, String> environment() {
        return image.environment();
    }

    private static String classPath(Path jar, Path crypto) {
        return jar + File.pathSeparator + crypto.resolve("corretto-crypto.jar");
    }

    /** {@return the files of the image, made by its own recipe, once in a run} */
    private Path built(String java) throws IOException, InterruptedException {
        Path files = folder.resolve("image").toAbsolutePath();
        if (!built) {
            Command.output(List.of(
                    "sh",
                    jar.resolveSibling("../src/runtime/build.sh").toString(),
                    Path.of(java).toRealPath().resolve("../..").normalize().toString(),
                    jar.toString(),
                    files.toString()));
            built = true;
        }
        return files;
    }

    /** The same without the provider. */
    Contestant withJdkCryptography(String name, String java) throws IOException, InterruptedException {
        return archived(name, java, alone());
    }

    /** {@return the command as packages start it, trained with few reviews; the jar on a Java for which the recipe makes none} */
    Path asPackagesStart(String java) throws IOException, InterruptedException {
        if (version(java) != AOT_CACHE_SINCE) {
            return jar;
        }
        Path recipes = jar.toAbsolutePath().resolveSibling("../src").normalize();
        Path command = folder.resolve("package/bin/imagegate").toAbsolutePath();
        Files.createDirectories(command.getParent());
        Files.copy(recipes.resolve("package/imagegate"), command, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
        Command.output(List.of(
                "env",
                "WARM_UP=40",
                "CEL=yes",
                "sh",
                recipes.resolve("runtime/build.sh").toString(),
                Path.of(java).resolve("../..").normalize().toString(),
                jar.toString(),
                command.resolveSibling("../lib").normalize().toString()));
        return command;
    }

    /** {@return how the command of a package, or a jar, is started} */
    static List<String> command(Path program, String java) {
        String name = program.toAbsolutePath().toString();
        return name.endsWith(".jar") ? List.of(java, "-jar", name) : List.of(name);
    }

    private Contestant archived(String name, String java, Launch launch) throws IOException, InterruptedException {
        List<String> flags = new ArrayList<>(image.flags());
        flags.add(archiveFlag(java) + archive(java, launch));
        flags.addAll(launch.words());
        return contestant(name, java, flags, image.environment());
    }

    private Launch alone() {
        return new Launch("", List.of("-cp", jar.toString(), MAIN));
    }

    /** As crypto.sh says. */
    private Launch corretto() {
        return new Launch(
                "-corretto",
                List.of(
                        "-Djava.library.path=" + crypto.resolve("native"),
                        "@" + crypto.resolve("crypto.flags"),
                        "-cp",
                        classPath(jar, crypto),
                        MAIN));
    }

    /** The ways to start it, the last of each Java being the image's. */
    List<Contestant> starts(List<String> javas) throws IOException, InterruptedException {
        List<Contestant> ways = new ArrayList<>();
        for (String java : javas) {
            String name = "Java " + version(java);
            ways.add(contestant(
                    name + ", a heap of 64 MiB and no other flag",
                    java,
                    joined(List.of("-Xmx64m"), alone()),
                    Map.of()));
            ways.add(contestant(
                    name + ", the image's flags", java, joined(image.flags(), alone()), image.environment()));
            ways.add(withJdkCryptography(name + ", these flags and an archive", java));
            ways.add(asTheImageStarts(name + ", with Corretto, too", java));
        }
        return ways;
    }

    private static List<String> joined(List<String> flags, Launch launch) {
        List<String> all = new ArrayList<>(flags);
        all.addAll(launch.words());
        return all;
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
        command.add("serve");
        command.addAll(List.of("--tls-cert", certificate().toString(), "--tls-key", key().toString()));
        command.addAll(List.of(more));
        return command;
    }

    /** {@return an archive that fits the image's flags on this Java, made once in a run} */
    private String archive(String java, Launch launch) throws IOException, InterruptedException {
        String name = version(java) + launch.name();
        String made = archives.get(name);
        if (made != null) {
            return made;
        }
        Path archive = folder.resolve("imagegate-" + name + ".archive").toAbsolutePath();
        Files.deleteIfExists(archive);
        List<String> flags = new ArrayList<>(image.flags());
        flags.add(outputFlag(java) + archive);
        flags.addAll(launch.words());
        List<String> training = List.of("--dry-run", "--warm-up", Integer.toString(TRAINING_REVIEWS));
        List<String> command = serve(java, flags, "--host", "127.0.0.1", "--port", "0", "--management-port", "0");
        command.addAll(training);
        Command.output(command);
        archives.put(name, archive.toString());
        return archive.toString();
    }

    /** {@return the flag for an archive that a JVM writes at its end} */
    static String outputFlag(String java) throws IOException, InterruptedException {
        return hasAotCache(java) ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=";
    }

    /** {@return the flag for an archive that a JVM uses} */
    static String archiveFlag(String java) throws IOException, InterruptedException {
        return hasAotCache(java) ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=";
    }

    private static boolean hasAotCache(String java) throws IOException, InterruptedException {
        return version(java) >= AOT_CACHE_SINCE;
    }

    private static int version(String java) throws IOException, InterruptedException {
        String text = Command.output(List.of(java, "--version"));
        return Integer.parseInt(text.split("[ .]", 3)[1]);
    }
}
