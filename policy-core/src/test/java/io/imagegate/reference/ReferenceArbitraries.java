package io.imagegate.reference;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Texts of references: well-formed ones, and such as are nearly so. */
public final class ReferenceArbitraries {

    private static final List<String> DIGESTS =
            List.of("", "", "@sha256:" + "0".repeat(64), "@sha256:" + "a1".repeat(32), "@sha512:" + "f".repeat(128));

    static final String[] PIECES = {
        "a",
        "b1",
        "nginx",
        "library",
        "acme",
        "A",
        "-",
        "--",
        "_",
        "__",
        "___",
        ".",
        "..",
        "/",
        "//",
        ":",
        ":5000",
        ":443",
        ":latest",
        "@",
        "sha256:",
        "@sha256:" + "0".repeat(64),
        "localhost",
        "docker.io",
        "index.docker.io/",
        "gcr.io/",
        "foo_bar.com/",
        "[::1]",
        " ",
        "\n",
        "*",
        "?",
        "\u0430",
        "\u0130",
        "\ud800",
        "\u202e",
        "0".repeat(64),
        "x".repeat(250)
    };

    private ReferenceArbitraries() {}

    /** Registry, with its slash, or nothing. */
    static Arbitrary<String> registries() {
        Arbitrary<String> names = Arbitraries.of(
                "",
                "docker.io/",
                "index.docker.io/",
                "registry-1.docker.io/",
                "Docker.IO:0443/",
                "localhost/",
                "gcr.io/",
                "GCR.io:443/",
                "a.gcr.io/",
                "gcr.io.evil.com/",
                "evilgcr.io/",
                "b.a.gcr.io:5000/",
                "[::1]:80/",
                "foo_bar.com/",
                "Host/");
        return names;
    }

    static Arbitrary<String> segments() {
        Arbitrary<String> made =
                Arbitraries.strings().withChars("ab").ofMinLength(1).ofMaxLength(3);
        return Arbitraries.oneOf(made, Arbitraries.of("library", "team", "team-evil", "a.b", "a__b", "x--y"));
    }

    static Arbitrary<String> paths() {
        return segments().list().ofMinSize(1).ofMaxSize(5).map(segments -> String.join("/", segments));
    }

    static Arbitrary<String> tags() {
        return Arbitraries.of("", "", ":latest", ":1.0", ":1", ":v1.0-rc_1", ":3.18", ":3.1");
    }

    public static Arbitrary<String> wellFormed() {
        return Combinators.combine(registries(), paths(), tags(), Arbitraries.of(DIGESTS))
                .as((registry, path, tag, digest) -> registry + path + tag + digest);
    }

    public static Arbitrary<String> nearlyWellFormed() {
        return Arbitraries.of(PIECES).list().ofMaxSize(10).map(pieces -> String.join("", pieces));
    }

    /** Docker's own familiar form loses the registry where what is left reads as a registry, or as an image ID. */
    public static boolean isFamiliarFormAmbiguous(ImageReference reference) {
        String familiar = reference.familiar();
        String first = familiar.substring(0, Math.max(0, familiar.indexOf('/')));
        return reference.registry().equals("docker.io")
                && (first.contains(".") || first.equals("localhost") || familiar.matches("[0-9a-f]{64}"));
    }
}
