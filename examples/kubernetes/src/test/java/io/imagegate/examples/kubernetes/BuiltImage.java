package io.imagegate.examples.kubernetes;

import io.imagegate.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The image, built for all tests by {@code src/test/image/build.sh} over stand-ins for its base images.
 *
 * @param layout an OCI layout with the image {@code imagegate}
 * @param output what the script printed
 */
record BuiltImage(Path layout, String output) {

    /** Of all files. */
    private static final String TIME = "1795478400";

    /** Few reviews train its cache: thousands teach the compilers more, which makes no difference here, and take a minute. */
    private static final String HARDLY_TRAINED = "WARM_UP=40";

    /** Built when it is first asked for. */
    private static @Nullable BuiltImage image;

    /** {@return the image, with a cache that few reviews train} */
    static synchronized BuiltImage get() throws IOException, InterruptedException {
        BuiltImage built = image;
        if (built == null) {
            built = build("target/image", "--build-arg", HARDLY_TRAINED);
            image = built;
        }
        return built;
    }

    /** {@return the contents of the layers of another build, whose cache is another} */
    static List<String> contentsAgain() throws IOException, InterruptedException {
        return contents(run(
                containerfile(),
                Manifests.FOLDER.resolve("target/image-again"),
                Map.of("CONTENTS_ONLY", "true"),
                "--timestamp",
                TIME,
                "--build-arg",
                "WARM_UP=1"));
    }

    /** Builds the image as it stands, with other options of the builder, too; all its files have one time. */
    static BuiltImage build(String folder, String... options) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("--timestamp", TIME));
        all.addAll(List.of(options));
        return build(containerfile(), Manifests.FOLDER.resolve(folder), all.toArray(String[]::new));
    }

    private static Path containerfile() {
        return Path.of(System.getProperty("imagegate.containerfile"));
    }

    /** Leaves the test out where no image can be built. */
    static void needs() throws IOException {
        Machine.needsRoot();
        Machine.needs("buildah", "mmdebstrap", "busybox", "skopeo", "jq");
        Machine.needs(Machine.Library.NETAVARK);
        Machine.jdk(25);
    }

    /** Builds a Containerfile, with the jar beside it, into a folder. */
    static BuiltImage build(Path containerfile, Path folder, String... options)
            throws IOException, InterruptedException {
        return new BuiltImage(folder.resolve("oci"), run(containerfile, folder, Map.of(), options));
    }

    /** {@return what the script prints} */
    private static String run(Path containerfile, Path folder, Map<String, String> environment, String... options)
            throws IOException, InterruptedException {
        needs();
        Path jdk = Machine.jdk(25);
        List<String> command = new ArrayList<>(List.of(
                "src/test/image/build.sh",
                containerfile.toAbsolutePath().toString(),
                jdk.toString(),
                folder.toAbsolutePath().toString()));
        command.addAll(List.of(options));
        Command.Result result = Command.run(Manifests.FOLDER, environment, command);
        if (result.status() != 0) {
            throw new AssertionError(result.output());
        }
        return result.output();
    }

    /** {@return the digests of its layers before they are packed, the lowest first} */
    List<String> contents() {
        return contents(output);
    }

    private static List<String> contents(String output) {
        return output.lines().filter(line -> line.startsWith("content ")).toList();
    }

    /** {@return the digests of its layers and their packed sizes, the lowest first} */
    List<String> layers() {
        return output.lines().filter(line -> line.startsWith("layer ")).toList();
    }

    /** {@return the packed files of the layers that the Containerfile adds, the lowest first} */
    List<Path> layersAboveTheBase() {
        return layers().stream()
                .skip(1)
                .map(line -> line.replaceAll("layer (\\w+):(\\w+) .*", "$1/$2"))
                .map(layout.resolve("blobs")::resolve)
                .toList();
    }

    /** Copies it into the registry of a cluster. */
    void push(String name) throws IOException, InterruptedException {
        Command.Result result = Command.run(
                layout,
                List.of("skopeo", "copy", "--quiet", "--dest-tls-verify=false", "oci:" + layout + ":imagegate", name));
        if (result.status() != 0) {
            throw new AssertionError(result.output());
        }
    }
}
