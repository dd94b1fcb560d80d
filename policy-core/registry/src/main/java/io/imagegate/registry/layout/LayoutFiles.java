package io.imagegate.registry.layout;

import io.imagegate.reference.Digest;
import io.imagegate.registry.content.Failure;
import io.imagegate.registry.content.Hashes;
import io.imagegate.registry.metadata.OciManifestReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the files of an OCI image layout: regular files of a bounded size inside its folder. */
final class LayoutFiles {

    private static final int LIMIT = OciManifestReader.LIMIT;
    private static final int MOST_BLOBS = 10_000;
    private static final long MOST_BYTES = 256L << 20;

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

    /** Reads content of at most 4 MiB, which must have its digest. */
    byte[] blob(Digest digest) {
        return blob(digest, LIMIT);
    }

    /** Reads content of a bounded length, which must have its digest. */
    byte[] blob(Digest digest, int most) {
        byte[] content = read(name(digest), most);
        Hashes.require(digest, content);
        return content;
    }

    /**
     * {@return the digests of all content that may be a manifest by SHA-256: JSON of at most 4 MiB}
     *
     * @throws Failure if there are more than 10,000 blobs, or these have more than 256 MiB
     */
    List<Digest> jsonBlobs() {
        List<Digest> found = new ArrayList<>();
        int seen = 0;
        long bytes = 0;
        try (DirectoryStream<Path> blobs = Files.newDirectoryStream(root.resolve("blobs/sha256"))) {
            for (Path blob : blobs) {
                seen++;
                if (seen > MOST_BLOBS) {
                    throw Failure.undecidable("the layout has more than " + MOST_BLOBS + " blobs");
                }
                Digest digest = digest(blob);
                if (digest != null && mayBeJson(blob)) {
                    found.add(digest);
                    bytes += Files.size(blob);
                }
                if (bytes > MOST_BYTES) {
                    throw Failure.undecidable("the layout has more than " + MOST_BYTES + " bytes of JSON");
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException | DirectoryIteratorException e) {
            throw Failure.undecidable(
                    "the layout's blobs cannot be read (" + e.getClass().getSimpleName() + ")");
        }
        return found;
    }

    private static @Nullable Digest digest(Path blob) {
        try {
            return Digest.parse("sha256:" + blob.getFileName());
        } catch (IllegalArgumentException other) {
            return null;
        }
    }

    private static boolean mayBeJson(Path blob) throws IOException {
        if (!Files.isRegularFile(blob, LinkOption.NOFOLLOW_LINKS) || Files.size(blob) > LIMIT) {
            return false;
        }
        try (InputStream in = Files.newInputStream(blob)) {
            int first = in.read();
            return first == '{' || Character.isWhitespace(first);
        }
    }

    /** {@return a name that stays in the folder, because the parser of digests takes letters and digits alone} */
    private static String name(Digest digest) {
        return "blobs/" + digest.algorithm() + "/" + digest.hex();
    }

    byte[] read(String name) {
        return read(name, LIMIT);
    }

    private byte[] read(String name, int most) {
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
                byte[] content = in.readNBytes(most + 1);
                if (content.length > most) {
                    throw Failure.undecidable("the layout's " + name + " has more than " + most + " bytes");
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
