package io.imagegate.document.kept;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.imagegate.text.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A {@link KeptSet} as bytes: a line with the SHA-256 of what follows, and then lengths and contents. What is read is hostile until it was read: it
 * uses a few times its bytes of memory, and says why it is refused.
 */
public final class KeptSetFormat {

    /** Most bytes that a set has, with names and lists of folders. */
    public static final int LIMIT = KeptSet.LIMIT + (4 << 20);

    /** Most names of policies, files and folders together. */
    private static final int MOST = 20_000;

    private static final String HEADER = "imagegate-last-good 1 ";
    private static final int DIGEST = 64;
    private static final int LONGEST_HEADER = HEADER.length() + DIGEST + 1;
    private static final String CHANGED = "it was changed or cut off: its SHA-256 is another";
    private static final String MALFORMED = "it is malformed";
    private static final long NEVER = -1;
    private static final long LAST_SECOND = 253_402_300_799L;

    private KeptSetFormat() {}

    /**
     * {@return the bytes of a set}
     *
     * @param set the set
     * @throws IllegalArgumentException if it has more than 20,000 files
     */
    public static byte[] write(KeptSet set) {
        if (names(set) > MOST) {
            throw new IllegalArgumentException("expected at most " + MOST + " files");
        }
        try {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            writeBody(set, new DataOutputStream(body));
            byte[] content = body.toByteArray();
            ByteArrayOutputStream all = new ByteArrayOutputStream(content.length + LONGEST_HEADER);
            all.write((HEADER + Sha256.hex(content) + "\n").getBytes(US_ASCII));
            all.write(content);
            return all.toByteArray();
        } catch (IOException unexpected) { // A name of more than 64 KiB, which no file has.
            throw new UncheckedIOException(unexpected);
        }
    }

    private static long names(KeptSet set) {
        long names = set.policies().size();
        for (KeptFiles files : set.policies().values()) {
            names += files.files().size() + files.folders().size();
            names += files.folders().values().stream().mapToLong(List::size).sum();
        }
        return names;
    }

    private static void writeBody(KeptSet set, DataOutputStream out) throws IOException {
        out.writeUTF(set.version());
        out.writeLong(set.rejectedSince().map(Instant::getEpochSecond).orElse(NEVER));
        out.writeLong(set.latest().getEpochSecond());
        out.writeBoolean(set.registries().isPresent());
        if (set.registries().isPresent()) {
            writeBytes(set.registries().get().getBytes(ISO_8859_1), out);
        }
        out.writeInt(set.policies().size());
        for (Map.Entry<String, KeptFiles> named : set.policies().entrySet()) {
            out.writeUTF(named.getKey());
            Map<Path, byte[]> files = named.getValue().files();
            out.writeInt(files.size());
            for (Map.Entry<Path, byte[]> file : files.entrySet()) {
                out.writeUTF(file.getKey().toString());
                writeBytes(file.getValue(), out);
            }
            Map<Path, List<Path>> folders = named.getValue().folders();
            out.writeInt(folders.size());
            for (Map.Entry<Path, List<Path>> folder : folders.entrySet()) {
                out.writeUTF(folder.getKey().toString());
                out.writeInt(folder.getValue().size());
                for (Path listed : folder.getValue()) {
                    out.writeUTF(listed.toString());
                }
            }
        }
    }

    private static void writeBytes(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /**
     * {@return the set of these bytes}
     *
     * @param bytes what {@link #write} returned, or anything else
     * @throws IOException if they are no set; the message says why
     */
    public static KeptSet read(byte[] bytes) throws IOException {
        String header = new String(bytes, 0, Math.min(bytes.length, LONGEST_HEADER), US_ASCII);
        if (!header.startsWith(HEADER) || !header.endsWith("\n") || header.length() < LONGEST_HEADER) {
            throw new IOException("it is no set of this format");
        }
        byte[] body = Arrays.copyOfRange(bytes, LONGEST_HEADER, bytes.length);
        if (!header.substring(HEADER.length(), HEADER.length() + DIGEST).equals(Sha256.hex(body))) {
            throw new IOException(CHANGED);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(body))) {
            return new Body(in).read();
        } catch (InvalidPathException wrong) {
            throw new IOException(MALFORMED, wrong);
        }
    }

    /** Everything that is counted has bytes, so that a large number ends where the bytes do; names need more memory than these. */
    private static final class Body {

        private final DataInputStream in;
        private int names = MOST;

        Body(DataInputStream in) {
            this.in = in;
        }

        KeptSet read() throws IOException {
            String version = in.readUTF();
            long since = in.readLong();
            Optional<Instant> rejectedSince = since == NEVER ? Optional.empty() : Optional.of(instant(since));
            Instant latest = instant(in.readLong());
            Optional<String> registries =
                    in.readBoolean() ? Optional.of(new String(bytes(), ISO_8859_1)) : Optional.empty();
            Map<String, KeptFiles> policies = new TreeMap<>();
            for (int left = count(); left > 0; left--) {
                putNew(policies, name(), files());
            }
            require(in.available() == 0);
            return new KeptSet(version, registries, policies, rejectedSince, latest);
        }

        private KeptFiles files() throws IOException {
            Map<Path, byte[]> files = new TreeMap<>();
            for (int left = count(); left > 0; left--) {
                putNew(files, Path.of(name()), bytes());
            }
            Map<Path, List<Path>> folders = new TreeMap<>();
            for (int left = count(); left > 0; left--) {
                Path folder = Path.of(name());
                List<Path> listed = new ArrayList<>();
                for (int more = count(); more > 0; more--) {
                    listed.add(Path.of(name()));
                }
                putNew(folders, folder, List.copyOf(listed));
            }
            return new KeptFiles(files, folders);
        }

        private String name() throws IOException {
            require(names > 0);
            names--;
            return in.readUTF();
        }

        private int count() throws IOException {
            int count = in.readInt();
            require(count >= 0 && count <= in.available());
            return count;
        }

        private byte[] bytes() throws IOException {
            return in.readNBytes(count());
        }

        private static <K, V> void putNew(Map<K, V> map, K key, V value) throws IOException {
            require(map.put(key, value) == null);
        }

        private static Instant instant(long second) throws IOException {
            require(second >= 0 && second <= LAST_SECOND);
            return Instant.ofEpochSecond(second);
        }

        private static void require(boolean holds) throws IOException {
            if (!holds) {
                throw new IOException(MALFORMED);
            }
        }
    }
}
