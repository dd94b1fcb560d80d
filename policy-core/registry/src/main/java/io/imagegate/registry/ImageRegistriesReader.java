package io.imagegate.registry;

import io.imagegate.document.DocumentProblem;
import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.Position;
import io.imagegate.document.yaml.Problem;
import io.imagegate.document.yaml.Problems;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.document.yaml.YamlReader;
import io.imagegate.registry.content.Failure;
import io.imagegate.syntax.SyntaxLimits;
import io.imagegate.text.ByteOrderMark;
import io.imagegate.text.DurationText;
import io.imagegate.text.Sha256;
import io.imagegate.text.SizeText;
import io.imagegate.yaml.YamlMessage;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads a file of {@code kind: ImageRegistries}. Each mistake is recorded, and reading goes on. */
final class ImageRegistriesReader {

    private static final String API_VERSION = "imagegate.io/v1alpha1";
    private static final String KIND = "ImageRegistries";
    private static final int LIMIT = 256 << 10;

    /** The file is short, so it has neither depth nor aliases. */
    private static final SyntaxLimits SYNTAX = SyntaxLimits.of(LIMIT, 16);

    private final Path folder;
    private final ImageRegistries.Builder registries = ImageRegistries.builder();
    private final Map<RegistryEntry, Map<String, YamlNode>> nodes = new HashMap<>();

    private ImageRegistriesReader(Path folder) {
        this.folder = folder;
    }

    static ImageRegistries load(Path file) {
        // Opening a pipe could block forever.
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw failure(file, "cannot be read: expected a regular file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return read(file, in.readNBytes(LIMIT + 1));
        } catch (NoSuchFileException e) {
            throw failure(file, "no such file");
        } catch (AccessDeniedException e) {
            throw failure(file, "permission to read it is denied");
        } catch (IOException e) {
            throw failure(file, "cannot be read: " + YamlMessage.oneLine(String.valueOf(e.getMessage())));
        }
    }

    static ImageRegistries read(Path file, byte[] bytes) {
        if (bytes.length > LIMIT) {
            throw failure(file, "expected at most " + LIMIT + " bytes");
        }
        Path folder = file.toAbsolutePath().getParent();
        ImageRegistriesReader reader = new ImageRegistriesReader(folder == null ? file : folder);
        reader.registries.digest(Sha256.hex(bytes));
        String text = ByteOrderMark.removeFrom(new String(bytes, StandardCharsets.UTF_8));
        return reader.read(file.toString(), text);
    }

    private static ImageRegistriesException failure(Path file, String message) {
        return ImageRegistriesException.of(List.of(new DocumentProblem(file.toString(), message)));
    }

    static ImageRegistries read(String name, Path folder, String text) {
        return new ImageRegistriesReader(folder).read(name, text);
    }

    private ImageRegistries read(String name, String text) {
        Problems problems = new Problems();
        Optional<YamlNode> document = YamlReader.document(name, text, SYNTAX, problems);
        if (document.isEmpty() && problems.count() == 0) {
            problems.add(name, "an empty file, expected kind: " + KIND);
        }
        Optional<ImageRegistries> read = document.flatMap(this::document);
        if (problems.count() > 0 || read.isEmpty()) {
            throw ImageRegistriesException.of(
                    problems.all().stream().map(ImageRegistriesReader::shown).toList());
        }
        return read.get();
    }

    private static DocumentProblem shown(Problem problem) {
        Position at = problem.at();
        return new DocumentProblem(
                at.file(),
                at.line(),
                at.column(),
                at.endColumn(),
                problem.message(),
                Optional.of(problem.meant()).filter(meant -> !meant.isEmpty()),
                problem.kind().label());
    }

    private Optional<ImageRegistries> document(YamlNode document) {
        Map<String, YamlNode> fields = fields(document, "apiVersion", "kind", "metadata", "spec");
        expect(document, fields, "apiVersion", API_VERSION);
        expect(document, fields, "kind", KIND);
        on(fields, "metadata", metadata -> on(fields(metadata, "name"), "name", YamlNode::text));
        YamlNode spec = fields.get("spec");
        if (spec == null) {
            document.problem("missing key spec");
            return Optional.empty();
        }
        spec(spec);
        ImageRegistries read = registries.unchecked();
        for (EntryRelations.Mistake mistake : EntryRelations.mistakes(registries.entries(), read)) {
            Optional.ofNullable(nodes.get(mistake.entry()))
                    .map(keys -> keys.get(mistake.key()))
                    .ifPresent(node -> node.problem(mistake.message()));
        }
        return Optional.of(read);
    }

    private static void expect(YamlNode document, Map<String, YamlNode> fields, String key, String value) {
        YamlNode field = fields.get(key);
        if (field == null) {
            document.problem("missing key " + key + ", expected " + key + ": " + value);
            return;
        }
        field.text()
                .filter(text -> !text.equals(value))
                .ifPresent(text -> field.problem(Failure.shown(text) + ", expected " + value));
    }

    private void spec(YamlNode spec) {
        Map<String, YamlNode> fields =
                fields(spec, "proxy", "noProxy", "proxyCredentials", "registries", "limits", "cache");
        List<String> direct = Optional.ofNullable(fields.get("noProxy"))
                .map(ImageRegistriesReader::texts)
                .orElse(List.of());
        on(fields, "proxy", proxy -> parse(proxy, address -> registries.proxy(uri(address), direct)));
        if (!fields.containsKey("proxy")) {
            on(fields, "noProxy", noProxy -> noProxy.problem("expected proxy beside it"));
            on(fields, "proxyCredentials", file -> file.problem("expected proxy beside it"));
        }
        on(fields, "proxyCredentials", node -> file(node).ifPresent(registries::proxyCredentials));
        on(fields, "limits", this::limits);
        on(fields, "cache", this::cache);
        if (!fields.containsKey("registries")) {
            spec.problem("missing key registries");
        }
        on(fields, "registries", list -> list.items().forEach(this::entry));
    }

    /** Reads a URL that may have a password, which the message of {@link URI#create} would repeat. */
    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a URL (" + e.getReason() + "), expected http://HOST:PORT", null);
        }
    }

    private void entry(YamlNode node) {
        Map<String, YamlNode> fields = fields(
                node,
                "host",
                "credentials",
                "authHosts",
                "blobHosts",
                "mirror",
                "ca",
                "clientCertificate",
                "plainHttp",
                "signatures");
        YamlNode host = fields.get("host");
        if (host == null) {
            if (node.isMapping()) {
                node.problem("missing key host");
            }
            return;
        }
        parse(host, RegistryEntry::builder).ifPresent(entry -> {
            on(fields, "credentials", credentials -> credentials(credentials).ifPresent(entry::credentials));
            on(fields, "authHosts", hosts -> attempt(hosts, () -> entry.authHosts(texts(hosts))));
            on(fields, "blobHosts", hosts -> attempt(hosts, () -> entry.blobHosts(texts(hosts))));
            on(fields, "mirror", mirror -> parse(mirror, entry::mirror));
            on(fields, "signatures", place -> parse(place, entry::signatures));
            on(fields, "ca", ca -> file(ca).ifPresent(entry::ca));
            on(fields, "clientCertificate", certificate -> clientCertificate(certificate, entry));
            on(fields, "plainHttp", plain -> {
                if (plain.flag().orElse(false)) {
                    entry.plainHttp();
                }
            });
            RegistryEntry built = attempt(node, entry::build).orElse(null);
            if (built != null) {
                nodes.put(built, fields);
            }
            // An entry with a mistake is still the entry for its host.
            registries.add(
                    built == null
                            ? parse(host, RegistryEntry::builder).orElseThrow().build()
                            : built);
        });
    }

    private Optional<RegistryCredentials> credentials(YamlNode node) {
        Map<String, YamlNode> fields = fields(node, "dockerConfig", "helper");
        Optional<Path> file = Optional.ofNullable(fields.get("dockerConfig")).flatMap(this::file);
        Optional<String> helper = Optional.ofNullable(fields.get("helper")).flatMap(YamlNode::text);
        if (fields.isEmpty()) {
            node.problem("expected dockerConfig: FILE or helper: NAME");
        }
        return attempt(
                        node,
                        () -> file.map(path -> DockerCredentials.file(
                                        path, helper.stream().toArray(String[]::new)))
                                .or(() -> helper.map(DockerCredentials::helper)))
                .flatMap(Function.identity());
    }

    private void clientCertificate(YamlNode node, RegistryEntry.Builder entry) {
        Map<String, YamlNode> fields = fields(node, "certificate", "key");
        if (fields.size() < 2) {
            node.problem("expected the keys certificate and key");
            return;
        }
        Optional<Path> certificate =
                Optional.ofNullable(fields.get("certificate")).flatMap(this::file);
        Optional<Path> key = Optional.ofNullable(fields.get("key")).flatMap(this::file);
        if (certificate.isPresent() && key.isPresent()) {
            entry.clientCertificate(certificate.get(), key.get());
        }
    }

    /** {@return a file that is there, relative to the one that names it} */
    private Optional<Path> file(YamlNode node) {
        return node.text()
                .flatMap(text -> attempt(node, () -> {
                    Path file = folder.resolve(text);
                    if (!Files.isReadable(file)) {
                        throw new IllegalArgumentException("no file that can be read at " + file);
                    }
                    return file;
                }));
    }

    private void limits(YamlNode node) {
        Map<String, YamlNode> fields =
                fields(node, "timeout", "flights", "flightsPerRegistry", "cacheBytes", "bodyBytes", "attestationBytes");
        attempt(fields.getOrDefault("attestationBytes", node), () -> {
                    RegistryLimitsBuilder limits = RegistryLimits.builder();
                    set(fields, "timeout", ImageRegistriesReader::timeout, limits::timeout);
                    set(fields, "flights", ImageRegistriesReader::count, limits::flights);
                    set(fields, "flightsPerRegistry", ImageRegistriesReader::count, limits::flightsPerRegistry);
                    set(fields, "cacheBytes", SizeText::parse, limits::cacheBytes);
                    set(fields, "bodyBytes", SizeText::parse, limits::bodyBytes);
                    set(fields, "attestationBytes", SizeText::parse, limits::attestationBytes);
                    return limits.build();
                })
                .ifPresent(registries::limits);
    }

    private static Duration timeout(String text) {
        return RegistryLimits.requireTimeout(DurationText.parse(text));
    }

    private static int count(String text) {
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException("expected a whole number above 0, got " + Failure.shown(text));
        }
        return Integer.parseInt(text);
    }

    private void cache(YamlNode node) {
        Map<String, YamlNode> fields = fields(node, "tags", "verified", "absent", "staleOnError");
        CachePeriods defaults = CachePeriods.DEFAULTS;
        registries.cache(defaults.withTags(period(fields, "tags", defaults.tags()))
                .withVerified(period(fields, "verified", defaults.verified()))
                .withAbsent(period(fields, "absent", defaults.absent()))
                .withStaleOnError(period(fields, "staleOnError", defaults.staleOnError())));
    }

    private static Duration period(Map<String, YamlNode> fields, String key, Duration otherwise) {
        return value(fields, key, text -> CachePeriods.require(key, DurationText.parse(text)))
                .orElse(otherwise);
    }

    private static <T> Optional<T> value(Map<String, YamlNode> fields, String key, Function<String, T> reader) {
        return Optional.ofNullable(fields.get(key)).flatMap(node -> parse(node, reader));
    }

    private static <T> void set(
            Map<String, YamlNode> fields, String key, Function<String, T> reader, Consumer<T> setting) {
        value(fields, key, reader).ifPresent(setting);
    }

    private static Map<String, YamlNode> fields(YamlNode node, String... keys) {
        return node.fields(keys).map(Fields::all).orElse(Map.of());
    }

    private static List<String> texts(YamlNode list) {
        return list.items().stream().flatMap(item -> item.text().stream()).toList();
    }

    private static <T> Optional<T> parse(YamlNode node, Function<String, T> reader) {
        return node.textOrNumber().flatMap(text -> attempt(node, () -> reader.apply(text)));
    }

    /** What an action throws may quote a path or an address as it is written. */
    private static <T> Optional<T> attempt(YamlNode node, Supplier<T> action) {
        try {
            return Optional.of(action.get());
        } catch (IllegalArgumentException e) {
            node.problem(YamlMessage.oneLine(e.getMessage()));
            return Optional.empty();
        }
    }

    private static void on(Map<String, YamlNode> fields, String key, Consumer<YamlNode> reader) {
        Optional.ofNullable(fields.get(key)).ifPresent(reader);
    }
}
