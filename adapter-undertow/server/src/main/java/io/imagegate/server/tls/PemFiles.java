package io.imagegate.server.tls;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;

/**
 * Writes identities as pairs of PEM files: certificates that everyone can read, keys that only their owner can read.
 */
public final class PemFiles {

    private PemFiles() {}

    /**
     * Writes the certificates of an identity.
     *
     * @param identity what to write
     * @param file the file; replaced if it exists, as a whole and at once
     * @throws IOException when it cannot be written
     */
    public static void writeCertificates(Identity identity, Path file) throws IOException {
        write(file, pem(identity.chain().toArray()), "rw-r--r--");
    }

    /**
     * Writes the key of an identity in PKCS#8, not encrypted. The file is created with mode 0600, so that others can
     * never read it.
     *
     * @param identity what to write
     * @param file the file; replaced if it exists, as a whole and at once
     * @throws IOException when it cannot be written
     */
    public static void writeKey(Identity identity, Path file) throws IOException {
        write(file, pem(new JcaPKCS8Generator(identity.key(), null)), "rw-------");
    }

    private static String pem(Object... objects) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            for (Object object : objects) {
                writer.writeObject(object);
            }
        }
        return text.toString();
    }

    /**
     * Writes a new file and renames it. The new file is created with its permissions and must not exist, so nothing is
     * written through a link; the rename replaces a file or link of that name.
     */
    private static void write(Path file, String text, String mode) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try {
            try (FileChannel channel = FileChannel.open(fresh, Set.of(CREATE_NEW, WRITE), permissions(mode))) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(fresh, file, ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static FileAttribute<?>[] permissions(String mode) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }
}
