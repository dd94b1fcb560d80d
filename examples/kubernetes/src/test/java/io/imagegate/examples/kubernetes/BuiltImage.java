package io.imagegate.examples.kubernetes;

import io.imagegate.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The image, built once for all tests by {@code src/test/image/build.sh} over stand-ins for its base images.
 *
 * @param layout an OCI layout with the image {@code imagegate}
 * @param output what the script printed
 */
record BuiltImage(Path layout, String output) {

    private static @Nullable BuiltImage built;

    static synchronized BuiltImage get() throws IOException, InterruptedException {
        BuiltImage image = built;
        if (image == null) {
            image = build(
                    Path.of(System.getProperty("imagegate.containerfile")), Manifests.FOLDER.resolve("target/image"));
            built = image;
        }
        return image;
    }

    /** Builds a Containerfile, with the jar beside it, into a folder. */
    static BuiltImage build(Path containerfile, Path folder) throws IOException, InterruptedException {
        Machine.needsRoot();
        Machine.needs("buildah", "mmdebstrap", "busybox", "skopeo", "jq");
        Machine.needs(Machine.Library.NETAVARK);
        Path jdk = Machine.jdk(25);
        Command.Result result = Command.run(
                Manifests.FOLDER,
                List.of(
                        "src/test/image/build.sh",
                        containerfile.toAbsolutePath().toString(),
                        jdk.toString(),
                        folder.toAbsolutePath().toString()));
        if (result.status() != 0) {
            throw new AssertionError(result.output());
        }
        return new BuiltImage(folder.resolve("oci"), result.output());
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
