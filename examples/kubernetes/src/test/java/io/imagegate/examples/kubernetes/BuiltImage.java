package io.imagegate.examples.kubernetes;

import io.imagegate.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The image, built for all tests by {@code src/test/image/build.sh} over stand-ins for its base images.
 *
 * @param layout an OCI layout with the image {@code imagegate}
 * @param output what the script printed
 */
record BuiltImage(Path layout, String output) {

    /** Few reviews train its cache: thousands teach the compilers more, which makes no difference here, and take a minute. */
    private static final Built HARDLY_TRAINED = new Built("target/image", "--build-arg", "WARM_UP=40");

    private static final Built AGAIN = new Built("target/image-again", "--build-arg", "WARM_UP=80");

    /** An image that is built when it is first asked for. */
    private static final class Built {

        private final String folder;
        private final String[] options;
        private @Nullable BuiltImage image;

        Built(String folder, String... options) {
            this.folder = folder;
            this.options = options;
        }

        synchronized BuiltImage get() throws IOException, InterruptedException {
            BuiltImage built = image;
            if (built == null) {
                built = build(folder, options);
                image = built;
            }
            return built;
        }
    }

    /** {@return the image, with a cache that few reviews train} */
    static BuiltImage get() throws IOException, InterruptedException {
        return HARDLY_TRAINED.get();
    }

    /** {@return the image from another build, which differs by its cache} */
    static BuiltImage again() throws IOException, InterruptedException {
        return AGAIN.get();
    }

    /** Builds the image as it stands, with other options of the builder, too; all its files have one time. */
    static BuiltImage build(String folder, String... options) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("--timestamp", "1795478400"));
        all.addAll(List.of(options));
        return build(
                Path.of(System.getProperty("imagegate.containerfile")),
                Manifests.FOLDER.resolve(folder),
                all.toArray(String[]::new));
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
        needs();
        Path jdk = Machine.jdk(25);
        List<String> command = new ArrayList<>(List.of(
                "src/test/image/build.sh",
                containerfile.toAbsolutePath().toString(),
                jdk.toString(),
                folder.toAbsolutePath().toString()));
        command.addAll(List.of(options));
        Command.Result result = Command.run(Manifests.FOLDER, command);
        if (result.status() != 0) {
            throw new AssertionError(result.output());
        }
        return new BuiltImage(folder.resolve("oci"), result.output());
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
