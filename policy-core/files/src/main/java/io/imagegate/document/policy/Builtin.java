package io.imagegate.document.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Built-in policies, which are resources of the library. A template must be filled in before it can be loaded. */
public enum Builtin {
    FIXED_TAGS,
    NO_LOCAL_REGISTRY,
    BASELINE,
    RESTRICTED,
    SIGNED;

    private static final String PREFIX = "builtin:";

    /** {@return whether a location names a built-in policy rather than a file} */
    public static boolean isNamed(String location) {
        return location.startsWith(PREFIX);
    }

    static String nameIn(String location) {
        return location.substring(PREFIX.length());
    }

    public static Optional<Builtin> find(String location) {
        return Arrays.stream(values())
                .filter(b -> b.location().equals(location))
                .findFirst();
    }

    public static List<String> locations() {
        return Arrays.stream(values()).map(Builtin::location).toList();
    }

    /** {@return whether the policy lacks what only its user knows, such as a key} */
    public boolean isTemplate() {
        return this == SIGNED;
    }

    public String location() {
        return PREFIX + fileName();
    }

    public String policy() {
        return resource(fileName() + ".yaml");
    }

    public String test() {
        return resource(fileName() + "-test.yaml");
    }

    private String fileName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String resource(String name) {
        try (InputStream in = Builtin.class.getResourceAsStream("builtin/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
