package comparison;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes documents for each reader: the samples of the repository and changed copies of them. A file holds the documents
 * of one reader, each after its length. The same number of documents is always the same documents.
 */
final class Documents {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^( *)```[a-z ]*\\R(.*?)^ *```");

    /** What a change may put into a text. */
    private static final List<String> PIECES = List.of(
            "", " ", "\n", "\t", "\"", "'", ":", "{", "}", "[", "]", ",", "-", "#", "&a ", "*a", "!!str ", "|", "%", "null",
            "true", "0", "-1", "1e999", "99999999999999999999", "1.5", "\\u0000", "\\ud800", "\u0000", "\u00e9", "\ufeff",
            "latest", "*", "**", "@sha256:", "items", "image", "- name: x\n", "? [a]\n: b\n", "---\n", "...\n", "<<: *a\n");

    private static final String REGISTRIES = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImageRegistries
            metadata: {name: registries}
            spec:
              proxy: http://proxy.internal:3128
              noProxy: ["*.internal"]
              registries:
                - {host: ghcr.io, credentials: {dockerConfig: config.json}}
                - {host: docker.io, mirror: harbor.internal/hub}
                - {host: registry.partner.example, authHosts: [auth.partner.example], blobHosts: ["*.cdn.example"]}
                - {host: harbor.internal}
                - {host: "registry.internal:5000", ca: ca.pem, signatures: "registry.internal:5000/signatures"}
                - {host: "127.0.0.1:5000", plainHttp: true}
              limits: {timeout: 20s, flights: 64, flightsPerRegistry: 8, cacheBytes: 16Mi, bodyBytes: 32Mi}
              cache: {tags: 60s, verified: 1h, absent: 10s, staleOnError: 24h}
            """;

    private final Path root;
    private final Random random = new Random(20261127);

    private Documents(Path root) {
        this.root = root;
    }

    public static void main(String[] words) throws IOException {
        Documents documents = new Documents(Path.of(words[0]));
        Path folder = Files.createDirectories(Path.of(words[1]));
        int number = Integer.parseInt(words[2]);
        List<String> wanted = Arrays.asList(words).subList(3, words.length);
        for (Map.Entry<String, List<byte[]>> reader : documents.samples().entrySet()) {
            if (wanted.isEmpty() || wanted.contains(reader.getKey())) {
                documents.write(folder.resolve(reader.getKey()), reader.getValue(), number);
            }
        }
        for (Map.Entry<String, Supplier<String>> reader : generated().entrySet()) {
            if (wanted.isEmpty() || wanted.contains(reader.getKey())) {
                write(folder.resolve(reader.getKey()), number, i -> bytes(reader.getValue().get()));
            }
        }
    }

    private static Map<String, Supplier<String>> generated() {
        return Map.of("webhook", new Reviews()::next, "commands", new Commands()::next);
    }

    private Map<String, List<byte[]>> samples() throws IOException {
        Map<String, List<byte[]>> samples = new LinkedHashMap<>();
        samples.put("reviews", files("policy-core/src/test/resources", "/recorded/.*json|.*WebhookFuzz.*"));
        List<byte[]> manifests = files("examples", "/kubernetes/(base|overlays|components|kubeadm)/.*yaml");
        manifests.addAll(files("policy-core/src/test/resources", ".*ManifestFuzz.*|/recorded/admission-review/.*"));
        samples.put("manifests", manifests);
        samples.put("policies", documents("(?m)^kind: ImagePolicy$", text -> !text.contains("ImagePolicyTest")));
        samples.put("policy-tests", documents("(?m)^kind: ImagePolicyTest$", text -> true));
        List<byte[]> registries = new ArrayList<>();
        for (byte[] sample : documents("(?m)^kind: ImageRegistries$", text -> true)) {
            registries.add(bytes(text(sample).replaceAll("/etc/[a-z/-]+/", "")
                    .replaceAll("(?m)^ *proxyCredentials: .*\\R|,? *clientCertificate: \\{[^}]*\\}", "")));
        }
        registries.add(bytes(REGISTRIES));
        samples.put("registries", registries);
        List<byte[]> stored = files("policy-core/registry/src/test/resources/recorded", "/blobs/.*");
        stored.addAll(files("policy-core/signature/src/test/resources/recorded", "/blobs/.*"));
        samples.put("registry-answers", json(stored, "schemaVersion"));
        samples.put("image-configurations", json(stored, "\"rootfs\""));
        List<byte[]> bundles = json(stored, "vnd.dev.sigstore.bundle");
        bundles.addAll(files("policy-core/signature/src/test/resources/recorded", "/cosign2/.*\\.sigstore\\.json"));
        samples.put("bundles", bundles.stream().filter(bytes -> text(bytes).contains("verificationMaterial")).toList());
        samples.put("layers", Layers.of(stored));
        samples.put("trusted-roots", files("policy-core/signature/src/test/resources/recorded", ".*trusted-root.*json"));
        List<byte[]> certificates = files("policy-core", "/src/test/resources/.*\\.pem");
        samples.put("certificates", certificates);
        samples.put("public-keys", files("policy-core", "/src/test/resources/.*\\.pub"));
        samples.put("revocation-lists", files("policy-core", "/src/test/resources/.*\\.crl"));
        List<byte[]> scans = files("policy-core/src/test/resources/io/imagegate/document/scans", ".*json");
        scans.addAll(files("examples/scans", ".*json"));
        samples.put("predicates", scans);
        samples.put("docker-configurations", List.of(
                bytes("{\"auths\": {\"ghcr.io\": {\"auth\": \"dXNlcjpzZWNyZXQ=\"}}}"),
                bytes("{\"auths\": {\"https://index.docker.io/v1/\": {\"username\": \"u\", \"password\": \"p\"},\n"
                        + "  \"127.0.0.1:5000\": {\"identitytoken\": \"t\"}}, \"credHelpers\": {\"ghcr.io\": \"pass\"}}"),
                bytes("{}")));
        samples.put("server-configurations", blocks("(?m)^(port|policy|tls-cert): "));
        return samples;
    }

    private List<byte[]> documents(String kind, Predicate<String> also) throws IOException {
        List<byte[]> found = blocks(kind);
        for (byte[] file : files("", ".*/(src/main|src/test|examples)/.*\\.(yaml|yml)|/examples/.*\\.yaml")) {
            if (Pattern.compile(kind).matcher(text(file)).find()) {
                found.add(file);
            }
        }
        return found.stream().filter(bytes -> also.test(text(bytes))).toList();
    }

    /** Fenced blocks of pages in which that stands. */
    private List<byte[]> blocks(String part) throws IOException {
        List<byte[]> found = new ArrayList<>();
        for (byte[] page : files("", ".*\\.md")) {
            BLOCK.matcher(text(page))
                    .results()
                    .map(block -> block.group(2).replaceAll("(?m)^" + block.group(1), ""))
                    .filter(block -> Pattern.compile(part).matcher(block).find())
                    .forEach(block -> found.add(bytes(block)));
        }
        return found;
    }

    private static List<byte[]> json(List<byte[]> files, String part) {
        List<byte[]> found = new ArrayList<>();
        for (byte[] file : files) {
            if (file.length > 0 && file[0] == '{' && text(file).contains(part)) {
                found.add(file);
            }
        }
        return found;
    }

    private List<byte[]> files(String folder, String pattern) throws IOException {
        Path start = root.resolve(folder);
        List<byte[]> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(start)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
                String name = "/" + start.relativize(file);
                if (!name.contains("/target/") && !name.contains("/.git/") && name.matches(".*(" + pattern + ")")) {
                    found.add(Files.readAllBytes(file));
                }
            }
        }
        return found;
    }

    private void write(Path file, List<byte[]> samples, int number) throws IOException {
        if (samples.isEmpty()) {
            throw new IllegalStateException("no sample for " + file.getFileName());
        }
        write(file, number, i -> {
            byte[] document = samples.get(i % samples.size());
            // Every third is as it stands or harmlessly changed, so that many are accepted, and every third changed more.
            for (int changes = i < samples.size() ? 0 : i % 3; changes > 0; changes--) {
                document = changed(document);
            }
            return i >= samples.size() && i % 3 == 0 ? harmless(document) : document;
        });
    }

    private static void write(Path file, int number, IntFunction<byte[]> documents) throws IOException {
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < number; i++) {
                byte[] document = documents.apply(i);
                out.writeInt(document.length);
                out.write(document);
            }
        }
    }

    private byte[] harmless(byte[] document) {
        if (!isText(document)) {
            return document;
        }
        String text = text(document);
        List<MatchResult> spaces = Pattern.compile("(?<=[,:{\\[]) |\n(?=\n)").matcher(text).results().toList();
        List<MatchResult> ends = Pattern.compile(",(?=\")|\\}$").matcher(text).results().toList();
        if (!spaces.isEmpty()) {
            MatchResult space = spaces.get(random.nextInt(spaces.size()));
            return bytes(text.substring(0, space.start()) + space.group() + text.substring(space.start()));
        }
        if (!ends.isEmpty()) {
            MatchResult end = ends.get(random.nextInt(ends.size()));
            return bytes(text.substring(0, end.start()) + " " + text.substring(end.start()));
        }
        return document;
    }

    private byte[] changed(byte[] document) {
        if (document.length == 0) {
            return new byte[] {(byte) random.nextInt(256)};
        }
        return switch (random.nextInt(isText(document) ? 8 : 3)) {
            case 0 -> flipped(document);
            case 1 -> random.nextInt(3) == 0 ? Arrays.copyOf(document, random.nextInt(document.length)) : flipped(document);
            case 2 -> spliced(document, random.nextInt(document.length), random.nextInt(4), PIECES.get(random.nextInt(PIECES.size())));
            case 3 -> lines(document, true);
            case 4 -> lines(document, false);
            case 5 -> word(document, PIECES.get(random.nextInt(PIECES.size())));
            case 6 -> swapped(document);
            default -> spliced(document, random.nextInt(document.length), 0, PIECES.get(random.nextInt(PIECES.size())));
        };
    }

    private byte[] flipped(byte[] document) {
        byte[] copy = document.clone();
        copy[random.nextInt(copy.length)] ^= (byte) (1 << random.nextInt(8));
        return copy;
    }

    private static byte[] spliced(byte[] document, int at, int removed, String piece) {
        byte[] added = bytes(piece);
        int rest = Math.max(0, document.length - at - removed);
        byte[] copy = Arrays.copyOf(document, at + added.length + rest);
        System.arraycopy(added, 0, copy, at, added.length);
        System.arraycopy(document, document.length - rest, copy, at + added.length, rest);
        return copy;
    }

    /** A line, or what stands between commas, twice or not at all. */
    private byte[] lines(byte[] document, boolean twice) {
        String text = text(document);
        String end = text.indexOf('\n') >= 0 && text.indexOf('\n') < text.length() - 1 ? "\n" : ",";
        List<String> lines = new ArrayList<>(List.of(text.split(end, -1)));
        int line = random.nextInt(lines.size());
        if (twice) {
            lines.add(random.nextInt(lines.size() + 1), lines.get(line));
        } else {
            lines.remove(line);
        }
        return bytes(String.join(end, lines));
    }

    private byte[] word(byte[] document, String piece) {
        String text = text(document);
        List<MatchResult> words = Pattern.compile("[A-Za-z0-9_./-]+").matcher(text).results().toList();
        if (words.isEmpty()) {
            return document;
        }
        MatchResult word = words.get(random.nextInt(words.size()));
        return bytes(text.substring(0, word.start()) + piece + text.substring(word.end()));
    }

    private byte[] swapped(byte[] document) {
        String text = text(document);
        List<MatchResult> words = Pattern.compile("[A-Za-z0-9_./-]+").matcher(text).results().toList();
        if (words.isEmpty()) {
            return document;
        }
        return word(document, words.get(random.nextInt(words.size())).group());
    }

    private static boolean isText(byte[] document) {
        return !text(document).contains("\ufffd");
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
