package io.imagegate.server.notify;

import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.Problems;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.document.yaml.YamlReader;
import io.imagegate.follow.FileContents;
import io.imagegate.follow.FileContents.Content;
import io.imagegate.syntax.SyntaxLimits;
import io.imagegate.text.ByteOrderMark;
import io.imagegate.text.Suggestion;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a file of {@code kind: Notifications} and the files that it names. Each mistake is recorded, and reading goes on. */
final class NotificationsReader {

    static final int MOST_ENDPOINTS = 10;

    private static final String API_VERSION = "imagegate.io/v1alpha1";
    private static final String KIND = "Notifications";
    private static final String DEFAULT_SOURCE = "/imagegate";
    private static final int MOST_SECRETS = 2;

    /** A secret that stands in the file where a key is expected. */
    private static final Pattern WRITTEN_SECRET = Pattern.compile("whsec_[^\\s\"]+");

    /** The file is short, so it has no aliases. */
    private static final SyntaxLimits SYNTAX = SyntaxLimits.of(1 << 20, 16);

    private final Path folder;
    private final List<Content> contents = new ArrayList<>();
    private final Set<URI> urls = new HashSet<>();

    private NotificationsReader(Path folder) {
        this.folder = folder;
    }

    static Notifications read(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return new NotificationsReader(folder == null ? file : folder).document(file);
    }

    private Notifications document(Path file) {
        Problems problems = new Problems();
        Content content = content(file);
        if (content.problem() != null) {
            problems.add(file.toString(), content.problem());
            return notifications(DEFAULT_SOURCE, List.of(), problems);
        }
        String text = ByteOrderMark.removeFrom(new String(content.bytes(), StandardCharsets.UTF_8));
        Optional<YamlNode> document = YamlReader.document(file.toString(), text, SYNTAX, problems);
        if (document.isEmpty() && problems.count() == 0) {
            problems.add(file.toString(), "an empty file, expected kind: " + KIND);
        }
        Optional<Fields> spec = document.flatMap(NotificationsReader::spec);
        String source = spec.flatMap(fields -> fields.get("source"))
                .flatMap(NotificationsReader::source)
                .orElse(DEFAULT_SOURCE);
        List<NotifiedEndpoint> endpoints = spec.flatMap(fields -> fields.require("endpoints"))
                .map(this::endpoints)
                .orElse(List.of());
        return notifications(source, endpoints, problems);
    }

    private Notifications notifications(String source, List<NotifiedEndpoint> endpoints, Problems problems) {
        return new Notifications(
                source,
                problems.count() == 0 ? List.copyOf(endpoints) : List.of(),
                problems.all().stream()
                        .map(problem ->
                                WRITTEN_SECRET.matcher(problem.toString()).replaceAll("whsec_…"))
                        .toList(),
                new FileContents(List.copyOf(contents)));
    }

    private Content content(Path file) {
        Content content = FileContents.read(List.of(file)).get(0);
        contents.add(content);
        return content;
    }

    private static Optional<Fields> spec(YamlNode document) {
        Optional<Fields> fields = document.fields("apiVersion", "kind", "metadata", "spec");
        fields.ifPresent(all -> {
            expect(all, "apiVersion", API_VERSION);
            expect(all, "kind", KIND);
            all.get("metadata")
                    .flatMap(metadata -> metadata.fields("name"))
                    .flatMap(metadata -> metadata.get("name"))
                    .ifPresent(YamlNode::text);
        });
        return fields.flatMap(all -> all.require("spec")).flatMap(spec -> spec.fields("source", "endpoints"));
    }

    private static void expect(Fields fields, String key, String value) {
        if (!fields.has(key)) {
            fields.owner().problem("missing key \"" + key + "\"", Suggestion.oneOf("", List.of(value)));
        }
        fields.get(key).ifPresent(node -> node.oneOf(List.of(value)));
    }

    private static Optional<String> source(YamlNode node) {
        return node.parse(text -> {
            String source =
                    uri(text, "a URL, or a path such as " + DEFAULT_SOURCE).toString();
            if (source.isEmpty()) {
                throw new IllegalArgumentException(
                        "an empty text, expected a URL, or a path such as " + DEFAULT_SOURCE);
            }
            return source;
        });
    }

    private List<NotifiedEndpoint> endpoints(YamlNode list) {
        List<YamlNode> items = list.items();
        if (items.size() > MOST_ENDPOINTS) {
            list.problem(items.size() + " endpoints, expected at most " + MOST_ENDPOINTS);
            return List.of();
        }
        return items.stream().flatMap(item -> endpoint(item).stream()).toList();
    }

    private Optional<NotifiedEndpoint> endpoint(YamlNode node) {
        return node.fields("url", "outcomes", "secret", "ca").flatMap(fields -> {
            Optional<URI> url = fields.require("url").flatMap(this::url);
            Set<NotifiedOutcome> outcomes =
                    fields.get("outcomes").map(NotificationsReader::outcomes).orElse(Set.of(NotifiedOutcome.values()));
            List<WebhookSecret> secrets =
                    fields.require("secret").map(this::secrets).orElse(List.of());
            Optional<Path> ca = fields.get("ca").flatMap(this::file).map(Content::file);
            return url.map(known -> new NotifiedEndpoint(known, outcomes, secrets, ca));
        });
    }

    private Optional<URI> url(YamlNode node) {
        return node.parse(text -> {
            URI url = uri(text, "https://HOST/PATH");
            if (!"https".equals(url.getScheme())
                    || url.getHost() == null
                    || url.getRawUserInfo() != null
                    || url.getRawFragment() != null) {
                throw new IllegalArgumentException(
                        "expected a URL that begins with https://, without a user and without #");
            }
            if (!urls.add(url)) {
                throw new IllegalArgumentException("the URL of an earlier endpoint, expected each URL once");
            }
            return url;
        });
    }

    /** Reads a URL, which may have a secret in its path or query: no message quotes it. */
    private static URI uri(String text, String expected) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("no URL (" + e.getReason() + "), expected " + expected, null);
        }
    }

    private static Set<NotifiedOutcome> outcomes(YamlNode list) {
        Set<NotifiedOutcome> outcomes = EnumSet.noneOf(NotifiedOutcome.class);
        list.items().forEach(item -> item.choice(NotifiedOutcome.class).ifPresent(outcomes::add));
        return outcomes;
    }

    private List<WebhookSecret> secrets(YamlNode node) {
        Optional<Content> content = file(node);
        if (content.isEmpty()) {
            return List.of();
        }
        String name = content.get().file().toString();
        List<String> lines = content.get()
                .text()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (lines.isEmpty() || lines.size() > MOST_SECRETS) {
            node.problem(name + ": expected one line with " + WebhookSecret.EXPECTED + ", or two while it is replaced");
            return List.of();
        }
        List<WebhookSecret> secrets = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            try {
                secrets.add(WebhookSecret.parse(lines.get(i)));
            } catch (IllegalArgumentException malformed) {
                node.problem(name + ": line " + (i + 1) + ": " + malformed.getMessage());
            }
        }
        return secrets;
    }

    /** {@return a file that is there} A secret that was written in place of its file is not quoted. */
    private Optional<Content> file(YamlNode node) {
        if (!node.isMapping()) {
            node.problem("expected a mapping with the key file, such as {file: NAME}");
            return Optional.empty();
        }
        return node.fields("file")
                .flatMap(fields -> fields.require("file"))
                .flatMap(name -> name.text().flatMap(text -> {
                    if (text.startsWith(WebhookSecret.PREFIX)) {
                        name.problem("a secret, expected the name of the file that contains it");
                        return Optional.empty();
                    }
                    Optional<Content> content = name.make(() -> content(folder.resolve(text)));
                    content.map(Content::problem)
                            .ifPresent(problem -> name.problem(
                                    YamlNode.quote(content.get().file().toString()) + ": " + problem));
                    return content.filter(read -> read.problem() == null);
                }));
    }
}
