package io.imagegate.reference;

import io.imagegate.text.SafeText;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Name of a container image: registry, repository, and optionally a tag and a digest.
 *
 * <p>Parsed exactly as container runtimes do; the package description has the grammar. Omitted parts get their
 * defaults: {@code nginx} is {@code library/nginx} of {@code docker.io}. The original text is kept for messages.
 *
 * <pre>{@code
 * ImageReference image = ImageReference.parse("ghcr.io/acme/api:1.4");
 * image.registry();    // ghcr.io
 * image.repository();  // acme/api
 * image.tag();         // 1.4
 * }</pre>
 *
 * <p>Two references are equal if their {@linkplain #canonical() canonical forms} are equal. Immutable and thread-safe.
 *
 * <p>The image need not exist. Registries that differ in letter case, or in the spelling of an IPv6 address, are equal for
 * {@link ImagePattern patterns} but not for {@code equals}: the canonical form is that of container runtimes, which keep what is
 * written.
 *
 * @since 0.1
 */
public final class ImageReference implements ScanResult {

    private static final String DOCKER_HUB = "docker.io";
    private static final String LIBRARY = "library/";
    private static final String LATEST = "latest";
    /** How much of a wrong part a message shows. */
    private static final int SHOWN = 200;

    private final String text;
    private final int registryEnd;
    private final int repositoryEnd;
    private final int tagEnd;

    /** Hash of the canonical form, 0 until it is asked for. Threads that race make the same one, as with texts. */
    private int hash;

    private @Nullable ImageKey key;

    private @Nullable Digest digest;

    /** Keeps the text and the ends of its parts, which {@link ReferenceScanner} found. Accessors cut the parts out. */
    ImageReference(String text, int registryEnd, int repositoryEnd, int tagEnd) {
        this.text = text;
        this.registryEnd = registryEnd;
        this.repositoryEnd = repositoryEnd;
        this.tagEnd = tagEnd;
    }

    /**
     * Parses a reference.
     *
     * <p>Takes linear time, and stops early if the text after the registry is too long.
     *
     * @param text the reference as written in a pod
     * @return the reference
     * @throws ReferenceSyntaxException if the text is not a reference; no text causes another exception
     */
    public static ImageReference parse(String text) {
        ScanResult read = ReferenceScanner.scan(text);
        if (read instanceof SyntaxProblem problem) {
            throw new ReferenceSyntaxException(problem);
        }
        return (ImageReference) read;
    }

    /**
     * Parses text that may well be no reference. No exception is made.
     *
     * <pre>{@code
     * String typed = "Nginx:1.27";
     * ImageReference.tryParse(typed).ifPresentOrElse(
     *         image -> System.out.println(image.canonical()),
     *         () -> System.out.println(ImageReference.problem(typed).orElseThrow()));
     * }</pre>
     *
     * @param text the text, within the same limits as for {@link #parse}
     * @return the reference; empty if the text is none, and {@link #problem} then says why
     */
    public static Optional<ImageReference> tryParse(String text) {
        return ReferenceScanner.scan(text) instanceof ImageReference read ? Optional.of(read) : Optional.empty();
    }

    /**
     * {@return why a text is no reference; empty if it is one}
     *
     * @param text the text
     */
    public static Optional<SyntaxProblem> problem(String text) {
        return ReferenceScanner.scan(text) instanceof SyntaxProblem problem ? Optional.of(problem) : Optional.empty();
    }

    /**
     * Makes a reference from its parts, such as {@code ImageReference.of("ghcr.io", "acme/api", "1.4")}.
     *
     * @param registry host and perhaps port, such as {@code docker.io}
     * @param repository the path within the registry
     * @param tagOrDigest a tag, or a digest, which has a colon
     * @return the reference
     * @throws ReferenceSyntaxException if a part is malformed
     * @throws IllegalArgumentException if a part would be read as another one, as a registry without a dot or a port
     */
    public static ImageReference of(String registry, String repository, String tagOrDigest) {
        boolean tag = tagOrDigest.indexOf(':') < 0;
        ImageReference made = parse(registry + "/" + repository + (tag ? ":" : "@") + tagOrDigest);
        made.requireRegistry(registry);
        int end = registry.length() + 1 + repository.length();
        require(
                made.repositoryEnd == end && made.hasTag() == tag,
                "repository",
                repository,
                "a path without tag or digest");
        return made;
    }

    /**
     * {@return the reference with another registry; the repository stays, {@code library/} included where it is implied}
     *
     * @param registry host and perhaps port, such as {@code registry.example:5000}
     * @throws ReferenceSyntaxException if it is malformed
     * @throws IllegalArgumentException if it would be read as a part of the repository
     */
    public ImageReference withRegistry(String registry) {
        ImageReference made = parse(registry + "/" + repository() + text.substring(repositoryEnd));
        made.requireRegistry(registry);
        return made;
    }

    /**
     * {@return the reference with another tag; a digest stays, and container runtimes pull by that}
     *
     * @param tag the tag
     * @throws ReferenceSyntaxException if it is malformed
     * @throws IllegalArgumentException if a digest follows it
     */
    public ImageReference withTag(String tag) {
        ImageReference made = parse(text.substring(0, repositoryEnd) + ":" + tag + text.substring(tagEnd));
        require(made.tagEnd == repositoryEnd + 1 + tag.length(), "tag", tag, "a tag without a digest");
        return made;
    }

    /**
     * {@return the reference with another digest; a tag stays, so that {@code nginx:1.27} becomes
     * {@code nginx:1.27@sha256:…}}
     *
     * @param digest the digest
     */
    public ImageReference withDigest(Digest digest) {
        return parse(text.substring(0, tagEnd) + "@" + digest);
    }

    /**
     * {@return this with each address that a client may read in the host of its registry, if that is an unusual spelling of an
     * IPv4 address; most often none}
     *
     * <p>{@code 127.1}, {@code 2130706433:5000} and {@code 0x7f.1} are registries. Clients that ask the C library contact
     * 127.0.0.1, others look for a host of that name or refuse it. Patterns compare such a host as it is written.
     */
    public List<ImageReference> addressReadings() {
        if (registryEnd <= 0) {
            return List.of();
        }
        String registry = key().registry();
        Set<String> addresses = Ipv4Spelling.readings(RegistryName.host(registry));
        return addresses.isEmpty()
                ? List.of()
                : addresses.stream()
                        .map(address -> withRegistry(RegistryName.of(address, RegistryName.port(registry))))
                        .toList();
    }

    private void requireRegistry(String registry) {
        boolean read = registryEnd == registry.length();
        require(read, "registry", registry, "a host with '.' or ':', or localhost");
    }

    private static void require(boolean read, String part, String text, String expected) {
        if (!read) {
            throw new IllegalArgumentException(part + " " + SafeText.quote(text, SHOWN) + ": expected " + expected);
        }
    }

    /** {@return the text that was parsed, unchanged} */
    public String text() {
        return text;
    }

    /**
     * {@return the registry: host and optional port, in its original letter case; {@code docker.io} if it was omitted;
     * an empty string for a reference {@linkplain #hasRegistry() without one}}
     */
    public String registry() {
        if (isDockerHub()) {
            return DOCKER_HUB;
        }
        return hasRegistry() ? text.substring(0, registryEnd) : "";
    }

    /**
     * {@return whether this has a registry; false only if the first part looks like one but contains an underscore, as
     * in {@code foo_bar.com/baz}}
     *
     * <p>A runtime may still pull such an image from {@code foo_bar.com}, so a policy must deny it.
     */
    public boolean hasRegistry() {
        return registryEnd != ReferenceScanner.NO_REGISTRY;
    }

    /** {@return the path within the registry, such as {@code library/nginx}} */
    public String repository() {
        String path = text.substring(repositoryStart(), repositoryEnd);
        return impliesLibrary() ? LIBRARY + path : path;
    }

    /**
     * {@return the registry as {@linkplain ImagePattern patterns} compare it: one spelling for all names of a registry, such as
     * {@code evil.example} for {@code EVIL.example:443} and {@code docker.io} for {@code registry-1.docker.io}; an empty string for a
     * reference {@linkplain #hasRegistry() without one}}
     */
    public String comparedRegistry() {
        return key().registry();
    }

    /**
     * {@return the path within the registry as {@linkplain ImagePattern patterns} compare it: under every name of Docker Hub a path of one
     * segment is in {@code library/}}
     */
    public String comparedRepository() {
        return String.join("/", key().path());
    }

    /** {@return the written tag; empty if there is none, even if {@code latest} is implied} */
    public Optional<String> tag() {
        return hasTag() ? Optional.of(text.substring(repositoryEnd + 1, tagEnd)) : Optional.empty();
    }

    /**
     * {@return the effective tag: the written one, or {@code latest} without tag and digest; empty with only a digest}
     */
    public Optional<String> effectiveTag() {
        return hasTag() || hasDigest() ? tag() : Optional.of(LATEST);
    }

    /** {@return the digest, if there is one} */
    public Optional<Digest> digest() {
        if (!hasDigest()) {
            return Optional.empty();
        }
        Digest made = digest;
        if (made == null) {
            made = Digest.checked(text.substring(tagEnd + 1));
            digest = made;
        }
        return Optional.of(made);
    }

    /** {@return whether the tag is {@code latest}, written or implied by the lack of tag and digest} */
    public boolean isLatest() {
        if (!hasTag()) {
            return !hasDigest();
        }
        return tagEnd - repositoryEnd - 1 == LATEST.length() && text.startsWith(LATEST, repositoryEnd + 1);
    }

    /**
     * {@return the full form, such as {@code docker.io/library/nginx:1.27}}
     *
     * <p>It parses to an equal reference. No tag is added where none was typed.
     */
    public String canonical() {
        return isDockerHub() ? DOCKER_HUB + "/" + repository() + text.substring(repositoryEnd) : text;
    }

    /**
     * {@return the shortest usual form, as Docker shows it: {@code nginx:1.27} for {@code docker.io/library/nginx:1.27}}
     *
     * <p>For display only; decide by the {@linkplain #canonical() canonical form}. Parsing this form gives an equal
     * reference, except for Docker Hub namespaces that look like a registry ({@code docker.io/a.b/c} becomes
     * {@code a.b/c}) and names of 64 hexadecimal digits.
     */
    public String familiar() {
        if (!isDockerHub()) {
            return text;
        }
        int start = repositoryStart();
        int afterLibrary = start + LIBRARY.length();
        if (text.startsWith(LIBRARY, start) && text.indexOf('/', afterLibrary) < 0) {
            start = afterLibrary;
        }
        return text.substring(start);
    }

    /** {@return whether this is a repository of one segment on Docker Hub, which implies {@code library/}} */
    boolean impliesLibrary() {
        return isDockerHub() && text.indexOf('/', repositoryStart()) < 0;
    }

    /** {@return the form that patterns compare; cached, and made again only if threads race} */
    ImageKey key() {
        ImageKey made = key;
        if (made == null) {
            made = ImageKey.of(this);
            key = made;
        }
        return made;
    }

    private boolean isDockerHub() {
        return registryEnd == ReferenceScanner.DOCKER_HUB || isWritten(DOCKER_HUB) || isWritten("index.docker.io");
    }

    private boolean isWritten(String registry) {
        return registryEnd == registry.length() && text.startsWith(registry);
    }

    private int repositoryStart() {
        return registryEnd > 0 ? registryEnd + 1 : 0;
    }

    /** {@return whether a tag is written} */
    public boolean hasTag() {
        return tagEnd > repositoryEnd;
    }

    /** {@return whether a digest is written} */
    public boolean hasDigest() {
        return tagEnd < text.length();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ImageReference reference
                && (text.equals(reference.text) || canonical().equals(reference.canonical()));
    }

    @Override
    public int hashCode() {
        int made = hash;
        if (made == 0) {
            made = canonical().hashCode();
            hash = made;
        }
        return made;
    }

    /** {@return the {@linkplain #text() text} that was parsed, unescaped} */
    @Override
    public String toString() {
        return text;
    }
}
