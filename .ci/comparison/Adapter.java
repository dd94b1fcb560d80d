package comparison;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Gives each document to the reader of this build that it is for, and writes a line on what came of it. */
final class Adapter {

    /** What came of a document, in one line. */
    interface Reader {
        String read(byte[] document) throws Exception;
    }

    public static void main(String[] words) throws IOException {
        Path root = Path.of(words[0]);
        Path outcomes = Files.createDirectories(Path.of(words[2]));
        // Of the same length for both builds: columns of tables are as wide as the paths in them.
        Path folder = Files.createDirectory(outcomes.resolveSibling("files"));
        try (Stream<Path> keys = Files.list(root.resolve("policy-core/src/test/resources/io/imagegate/document/keys"))) {
            for (Path key : (Iterable<Path>) keys::iterator) {
                Files.copy(key, folder.resolve(key.getFileName()));
            }
        }
        addNamedFiles(root, folder);
        Map<String, Reader> readers = readers(root, folder);
        try (Stream<Path> all = Files.list(Path.of(words[1]))) {
            for (Path documents : (Iterable<Path>) all.sorted()::iterator) {
                String name = documents.getFileName().toString();
                Reader reader = readers.get(name);
                if (reader == null) {
                    throw new IllegalStateException("no reader for " + name);
                }
                try (DataInputStream in = new DataInputStream(Files.newInputStream(documents));
                        PrintStream out = new PrintStream(outcomes.resolve(name).toFile(), StandardCharsets.UTF_8)) {
                    while (in.available() > 0) {
                        out.println(line(reader, in.readNBytes(in.readInt()), folder));
                    }
                }
            }
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
    }

    /** The files that samples name. */
    private static void addNamedFiles(Path root, Path folder) throws IOException {
        for (String key : List.of("cosign.pub", "next.pub", "release.pub", "release-2026.pub", "release-2027.pub")) {
            Files.copy(folder.resolve("p256.pub"), folder.resolve(key));
        }
        for (String certificates : List.of("tsa-root.pem", "acme-ca.pem", "notation-ca.pem", "root.pem", "internal-ca.pem")) {
            Files.copy(folder.resolve("ca.pem"), folder.resolve(certificates));
        }
        Path trusted = root.resolve("policy-core/signature/src/test/resources/recorded/trust/trusted-root.json");
        for (String name : List.of("trusted_root.json", "github-root.json", "public-good.json", "trusted-root.json")) {
            Files.copy(trusted, folder.resolve(name));
        }
        for (String name : List.of("config.json", "harbor.json")) {
            Files.writeString(folder.resolve(name), "{\"auths\": {\"ghcr.io\": {\"auth\": \"dXNlcjpzZWNyZXQ=\"}}}");
        }
        Files.writeString(folder.resolve("partners.txt"), "docker.io/library/nginx\nghcr.io/acme/**\n");
        Files.writeString(folder.resolve("revoked.txt"), SignatureReaders.DIGEST + "\n");
        Files.writeString(folder.resolve("production.yaml"), DocumentReaders.POLICY);
        Path scans = root.resolve("policy-core/src/test/resources/io/imagegate/document/scans");
        for (String name : List.of("trivy.json", "grype.json", "vex.json", "vsa.json")) {
            Files.copy(scans.resolve(name), folder.resolve(name));
        }
        Files.copy(scans.resolve("trivy.json"), folder.resolve("vuln.json"));
    }

    private static Map<String, Reader> readers(Path root, Path folder) throws IOException {
        Map<String, Reader> readers = new TreeMap<>(new DocumentReaders(folder).readers());
        readers.putAll(new SignatureReaders(root).readers());
        readers.put("webhook", new WebhookReader());
        readers.put("commands", new CommandReader(root, folder));
        return readers;
    }

    /** A refusal is an exception of the reader; one that nobody promised shows its class. */
    private static String line(Reader reader, byte[] document, Path folder) {
        String line;
        try {
            line = "accepted " + reader.read(document);
        } catch (Refused refused) {
            line = "refused " + refused.getMessage();
        } catch (Exception | StackOverflowError thrown) {
            line = "refused " + thrown.getClass().getSimpleName() + ": " + thrown.getMessage();
        }
        return line.replace(folder.toString(), "FOLDER").replaceAll("\\(\\d+ ms\\)", "(0 ms)").replaceAll("\\R", "\\\\n");
    }

    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }
}
