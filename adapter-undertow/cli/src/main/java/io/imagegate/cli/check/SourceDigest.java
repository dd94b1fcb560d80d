package io.imagegate.cli.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.follow.SearchedFolders;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Digests of files with everything that is read for them. A file that is missing is a part of it: when it appears, the digest changes. */
final class SourceDigest {

    private static final long MOST_BYTES = 256 << 20;

    private SourceDigest() {}

    /**
     * {@return a digest of names and contents}
     *
     * @param format the format by which the file is read
     * @param file the file; names are from its folder
     * @param sources files and names of missing ones
     * @param searched all that the run searches
     * @throws IOException if not all can be read; the message says why
     */
    static String of(String format, Path file, Collection<Path> sources, SearchedFolders searched) throws IOException {
        SortedMap<String, Path> sorted = new TreeMap<>();
        for (Path source : sources) {
            sorted.put(file.resolveSibling("").relativize(source).toString().replace('\\', '/'), source);
        }
        MessageDigest digest = sha256();
        long room = MOST_BYTES;
        try (DataOutputStream out =
                new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), digest))) {
            write(out, format);
            for (Map.Entry<String, Path> source : sorted.entrySet()) {
                write(out, source.getKey());
                room -= write(out, source.getKey(), source.getValue(), searched, room);
            }
        }
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static long write(DataOutputStream out, String name, Path source, SearchedFolders searched, long room)
            throws IOException {
        if (!Files.exists(source)) {
            out.writeByte('-');
            return 0;
        }
        if (searched.leadsOut(source)) {
            throw new IOException(name + " is read for it and is not checked: check a folder that has both");
        }
        if (Files.isDirectory(source)) {
            out.writeByte('/');
            return 0;
        }
        MessageDigest content = sha256();
        long length = 0;
        try (InputStream in = searched.open(source)) {
            byte[] buffer = new byte[1 << 16];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                length += count;
                if (length > room) {
                    throw new IOException("more than " + MOST_BYTES + " bytes are read for it");
                }
                content.update(buffer, 0, count);
            }
        }
        out.writeByte('=');
        out.write(content.digest());
        return length;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
