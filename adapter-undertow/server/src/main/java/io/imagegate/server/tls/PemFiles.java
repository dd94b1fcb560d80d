package io.imagegate.server.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;

/** Writes identities as pairs of PEM files: certificates for everybody to read, keys for their owner alone. */
public final class PemFiles {

    private PemFiles() {}

    /**
     * Writes the certificates of an identity.
     *
     * @param identity what to write
     * @param file a file that does not exist
     * @throws IOException when it cannot be written
     */
    public static void writeCertificates(Identity identity, Path file) throws IOException {
        write(file, pem(identity.chain().toArray()), "rw-r--r--");
    }

    /**
     * Writes the key of an identity in PKCS#8, not encrypted. The file is created with mode 0600, so that there is no
     * moment at which others can read it.
     *
     * @param identity what to write
     * @param file a file that does not exist
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

    private static void write(Path file, String text, String mode) throws IOException {
        Files.createFile(file, permissions(mode));
        Files.write(file, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static FileAttribute<?>[] permissions(String mode) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }
}
