package io.imagegate.registry.layout;

import io.imagegate.reference.Digest;
import io.imagegate.registry.content.Failure;
import io.imagegate.registry.content.Hashes;
import io.imagegate.registry.metadata.OciManifestReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the files of an OCI image layout: regular files of a bounded size inside its folder. */
final class LayoutFiles {

    private static final int LIMIT = OciManifestReader.LIMIT;

    private final Path root;

    private LayoutFiles(Path root) {
        this.root = root;
    }

    /** Resolves symbolic links, so that links out of the folder are recognized. */
    static LayoutFiles in(Path folder) {
        try {
            return new LayoutFiles(folder.toRealPath());
        } catch (IOException e) {
            throw Failure.undecidable(Failure.shown(folder.toString()) + " is not a folder that can be read");
        }
    }

    boolean has(Digest digest) {
        return Files.exists(root.resolve(name(digest)));
    }

    /** Reads content, which must have its digest. */
    byte[] blob(Digest digest) {
        byte[] content = read(name(digest));
        Hashes.require(digest, content);
        return content;
    }

    /** {@return a name that stays in the folder, because the parser of digests takes letters and digits alone} */
    private static String name(Digest digest) {
        return "blobs/" + digest.algorithm() + "/" + digest.hex();
    }

    byte[] read(String name) {
        try {
            Path file = root.resolve(name).toRealPath();
            if (!file.startsWith(root)) {
                throw Failure.undecidable("the layout's " + name + " is a link out of its folder");
            }
            // Opening a pipe or a device could block for ever.
            if (!Files.isRegularFile(file)) {
                throw Failure.undecidable("the layout's " + name + " is not a regular file");
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] content = in.readNBytes(LIMIT + 1);
                if (content.length > LIMIT) {
                    throw Failure.undecidable("the layout's " + name + " has more than " + LIMIT + " bytes");
                }
                return content;
            }
        } catch (NoSuchFileException e) {
            throw Failure.absent("the layout has no " + name);
        } catch (IOException e) {
            throw Failure.undecidable(
                    "the layout's " + name + " cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }
}
