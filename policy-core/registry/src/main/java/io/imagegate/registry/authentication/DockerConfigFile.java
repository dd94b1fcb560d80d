package io.imagegate.registry.authentication;

import io.imagegate.registry.content.Failure;
import io.imagegate.registry.content.Json;
import io.imagegate.registry.host.HostNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads credentials from Docker's {@code config.json}. Thread-safe. */
public final class DockerConfigFile implements SecretSource {

    private static final int LIMIT = 1 << 20;

    /** A host, perhaps as the URL that Docker writes for Docker Hub; keys with other paths are ignored. */
    private static final Pattern KEY = Pattern.compile("(?:https?://)?([^/]+)/?(?:v[12]/?)?");

    private final Path file;
    private final Map<String, SecretSource> helpers;

    private DockerConfigFile(Path file, Map<String, SecretSource> helpers) {
        this.file = file;
        this.helpers = helpers;
    }

    public static DockerConfigFile open(Path file, Map<String, SecretSource> helpers) {
        DockerConfigFile opened = new DockerConfigFile(file, helpers);
        try {
            opened.read();
        } catch (Failure e) {
            throw new IllegalArgumentException(e.reason(), e);
        }
        return opened;
    }

    /** {@return the helper that a file names for a host in comparable form} */
    public static Optional<String> helperName(Path file, String host) {
        try {
            return helperName(new DockerConfigFile(file, Map.of()).read(), host);
        } catch (Failure e) {
            throw new IllegalArgumentException(e.reason(), e);
        }
    }

    @Override
    public CompletableFuture<Optional<Secret>> find(String host) {
        return CompletableFuture.supplyAsync(this::read)
                .thenCompose(config -> helper(config, host)
                        .map(helper -> helper.find(host))
                        .orElseGet(() -> CompletableFuture.completedFuture(
                                entry(config, host).flatMap(this::credential))));
    }

    private Json read() {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] text = in.readNBytes(LIMIT + 1);
            if (text.length > LIMIT) {
                throw Failure.undecidable(file + " has more than " + LIMIT + " bytes");
            }
            return Json.read(file.toString(), text);
        } catch (IOException e) {
            throw Failure.undecidable(file + " cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** {@return the helper that the file names for a host, if it may be used} */
    private Optional<SecretSource> helper(Json config, String host) {
        return helperName(config, host).map(helpers::get);
    }

    private static Optional<String> helperName(Json config, String host) {
        return config.texts("credHelpers").entrySet().stream()
                .filter(named -> isFor(named.getKey(), host))
                .map(Map.Entry::getValue)
                .findFirst()
                .or(() -> config.text("credsStore"));
    }

    private static Optional<Json> entry(Json config, String host) {
        return config.object("auths").stream()
                .flatMap(auths -> auths.objects().entrySet().stream())
                .filter(entry -> isFor(entry.getKey(), host))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static boolean isFor(String key, String host) {
        Matcher matcher = KEY.matcher(key);
        return matcher.matches() && HostNames.ofRegistry(matcher.group(1)).equals(host);
    }

    private Optional<Secret> credential(Json entry) {
        try {
            return entry.text("identitytoken")
                    .map(Secret::identityToken)
                    .or(() -> entry.text("registrytoken").map(Secret::bearer))
                    .or(() -> entry.text("auth").map(this::pair))
                    .or(() -> entry.text("username")
                            .map(user ->
                                    Secret.basic(user, entry.text("password").orElse(""))));
        } catch (IllegalArgumentException e) {
            throw Failure.undecidable(file + ": " + e.getMessage());
        }
    }

    private Secret pair(String auth) {
        try {
            String pair = new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            if (colon > 0) {
                return Secret.basic(pair.substring(0, colon), pair.substring(colon + 1));
            }
        } catch (IllegalArgumentException e) {
            // reported below
        }
        throw Failure.undecidable(file + ": auth: expected a user name, a colon and a password in base64");
    }
}
