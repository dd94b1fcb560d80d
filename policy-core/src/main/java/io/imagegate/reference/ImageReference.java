package io.imagegate.reference;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The name of a container image: registry, repository, and perhaps a tag and a digest.
 *
 * <p>Read from text exactly as container runtimes read it (the package's page has the grammar), with what was left out
 * filled in: {@code nginx} is {@code library/nginx} of {@code docker.io}. What was typed stays available for messages.
 *
 * <pre>{@code
 * ImageReference image = ImageReference.parse("ghcr.io/acme/api:1.4");
 * image.registry();    // ghcr.io
 * image.repository();  // acme/api
 * image.tag();         // 1.4
 * }</pre>
 *
 * <p>Two references are equal when their {@linkplain #canonical() canonical forms} are. Immutable and safe between threads.
 *
 * <p>A reference is a name, not a promise: whether such an image exists is not known here. A registry whose host is
 * written in another case is equal for {@link ImagePattern patterns} but not for {@code equals}.
 *
 * @since 0.1
 */
public final class ImageReference {

    private static final String DOCKER_HUB = "docker.io";
    private static final String LIBRARY = "library/";
    private static final String LATEST = "latest";

    private final String text;
    private final int registryEnd;
    private final int repositoryEnd;
    private final int tagEnd;
    private @Nullable ImageKey key;

    /** Keeps the text and where its parts end, as {@link ReferenceScanner} found them; parts are cut out when asked for. */
    ImageReference(String text, int registryEnd, int repositoryEnd, int tagEnd) {
        this.text = text;
        this.registryEnd = registryEnd;
        this.repositoryEnd = repositoryEnd;
        this.tagEnd = tagEnd;
    }

    /**
     * Reads a reference.
     *
     * <p>Takes time linear in the length of the text, and stops early where what follows the registry is too long.
     *
     * @param text the reference, as it stands in a pod
     * @return the reference
     * @throws ReferenceSyntaxException if the text is not a reference; nothing else is thrown, whatever the text
     */
    public static ImageReference parse(String text) {
        Object read = ReferenceScanner.scan(text);
        if (read instanceof ReferenceSyntaxException refused) {
            throw refused;
        }
        return (ImageReference) read;
    }

    /** {@return the text this was read from, unchanged} */
    public String text() {
        return text;
    }

    /**
     * {@return the registry, host and perhaps port, in the case it was typed in; {@code docker.io} where none was typed,
     * and an empty string for a reference {@linkplain #hasRegistry() without one}}
     */
    public String registry() {
        if (isDockerHub()) {
            return DOCKER_HUB;
        }
        return hasRegistry() ? text.substring(0, registryEnd) : "";
    }

    /**
     * {@return whether this has a registry; false only where the first part looks like one but holds an underscore, as in
     * {@code foo_bar.com/baz}}
     *
     * <p>A runtime may pull such an image from {@code foo_bar.com} all the same, so a policy must deny it.
     */
    public boolean hasRegistry() {
        return registryEnd != ReferenceScanner.NO_REGISTRY;
    }

    /** {@return the path within the registry, such as {@code library/nginx}} */
    public String repository() {
        String path = text.substring(repositoryStart(), repositoryEnd);
        return impliesLibrary() ? LIBRARY + path : path;
    }

    /** {@return the tag that was typed; empty if none was, even where {@code latest} is meant} */
    public Optional<String> tag() {
        return hasTag() ? Optional.of(text.substring(repositoryEnd + 1, tagEnd)) : Optional.empty();
    }

    /** {@return the tag that is meant: the one typed, {@code latest} where neither tag nor digest was; empty with a digest alone} */
    public Optional<String> effectiveTag() {
        return hasTag() || hasDigest() ? tag() : Optional.of(LATEST);
    }

    /** {@return the digest, if there is one} */
    public Optional<Digest> digest() {
        return hasDigest() ? Optional.of(Digest.checked(text.substring(tagEnd + 1))) : Optional.empty();
    }

    /** {@return whether the tag {@code latest} is meant: it was typed, or neither a tag nor a digest was} */
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
        return (hasRegistry() ? registry() + "/" : "") + repository() + text.substring(repositoryEnd);
    }

    /**
     * {@return the shortest usual form, as Docker shows it: {@code nginx:1.27} for {@code docker.io/library/nginx:1.27}}
     *
     * <p>It is for people. Reading it again gives an equal reference, but for Docker Hub namespaces that read as a registry
     * ({@code docker.io/a.b/c} is shown as {@code a.b/c}) and names of 64 hexadecimal digits; so decide by the
     * {@linkplain #canonical() canonical form}.
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

    /** {@return whether this is a repository of one segment on Docker Hub, which is in {@code library/}} */
    boolean impliesLibrary() {
        return isDockerHub() && text.indexOf('/', repositoryStart()) < 0;
    }

    /** {@return the form that patterns compare; made once for all of them, and again at worst if threads race} */
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

    /** {@return whether a tag was typed} */
    public boolean hasTag() {
        return tagEnd > repositoryEnd;
    }

    /** {@return whether a digest was typed} */
    public boolean hasDigest() {
        return tagEnd < text.length();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ImageReference reference && canonical().equals(reference.canonical());
    }

    @Override
    public int hashCode() {
        return canonical().hashCode();
    }

    /** {@return the {@linkplain #text() text} this was read from; it is what was sent, unescaped} */
    @Override
    public String toString() {
        return text;
    }
}
