package io.imagegate.input.bazel;

import io.imagegate.input.bazel.StarlarkStatement.Argument;
import io.imagegate.text.SafeText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The image of one call of {@code oci.pull}, as rules_oci puts it together. */
final class PulledImage {

    private static final String NAME = "image";
    private static final String REGISTRY = "registry";
    private static final String REPOSITORY = "repository";
    private static final String TAG = "tag";
    private static final String DIGEST = "digest";
    private static final List<String> PARTS = List.of(NAME, REGISTRY, REPOSITORY, TAG, DIGEST);
    private static final int SHOWN = 100;

    private final Map<String, Argument> arguments;
    private final @Nullable String tag;
    private final @Nullable String digest;
    private final String name;

    /** @param arguments the arguments of the call, by their names */
    PulledImage(Map<String, Argument> arguments) {
        this.arguments = arguments;
        String written = value(NAME);
        String rest = written == null
                ? value(REGISTRY) + "/" + value(REPOSITORY)
                : written.replaceFirst("^http://", "").replaceFirst("^https://", "");
        String ownDigest = null;
        String ownTag = null;
        if (written != null) {
            int at = rest.lastIndexOf('@');
            if (at > 0) {
                ownDigest = rest.substring(at + 1);
                rest = rest.substring(0, at);
            }
            int colon = rest.lastIndexOf(':');
            if (colon > 0 && rest.indexOf('/', colon) < 0) {
                ownTag = rest.substring(colon + 1);
                rest = rest.substring(0, colon);
            }
        }
        name = rest;
        tag = ownTag == null ? value(TAG) : ownTag;
        digest = ownDigest == null ? value(DIGEST) : ownDigest;
    }

    /** {@return the words of an argument, which are its text if it is known; null if there is none} */
    private @Nullable String value(String argument) {
        Argument given = arguments.get(argument);
        return given == null ? null : source(given);
    }

    private static String source(Argument argument) {
        return argument.value().stream().map(StarlarkToken::text).collect(Collectors.joining(" "));
    }

    /** {@return what Bazel refuses, or reads in another way than clients of registries do} */
    Optional<String> problem() {
        boolean parts = arguments.containsKey(REGISTRY) && arguments.containsKey(REPOSITORY);
        boolean some = arguments.containsKey(REGISTRY) || arguments.containsKey(REPOSITORY);
        if (arguments.containsKey(NAME) ? some : !parts) {
            return Optional.of("expected image, or registry and repository");
        }
        if (unknown().isPresent()) {
            return Optional.empty();
        }
        if (tag == null && digest == null) {
            return Optional.of("expected a digest or a tag");
        }
        int slash = name.indexOf('/');
        String host = slash < 0 ? "docker.io" : name.substring(0, slash);
        return host.equals("localhost") || host.contains(".") || host.contains(":")
                ? Optional.empty()
                : Optional.of("rules_oci reads " + SafeText.quote(host, SHOWN)
                        + " as the registry: expected a registry, such as docker.io, before it");
    }

    /** {@return an expression that is no text as it is, so that the image is not known; empty if there is none} */
    Optional<String> unknown() {
        return PARTS.stream()
                .flatMap(part -> Stream.ofNullable(arguments.get(part)))
                .filter(argument -> !argument.isText())
                .map(argument -> SafeText.cut(source(argument), SHOWN))
                .findFirst();
    }

    /** {@return the image as clients of registries write it; Bazel takes the digest where there are both} */
    String text() {
        return name + (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
    }

    /** {@return whether it is written as it is, in one place} */
    boolean isInOnePiece() {
        return text().equals(value(NAME));
    }

    /** {@return where its name is written} */
    int place() {
        Argument named = arguments.getOrDefault(NAME, arguments.get(REPOSITORY));
        if (named == null) {
            throw new IllegalStateException("an image without a name has a problem");
        }
        return named.value().get(0).start();
    }
}
