package io.imagegate.reference;

/**
 * Why text is not an image reference: a code for machines and a sentence for people.
 *
 * @since 0.1
 */
public enum ReferenceProblem {
    /** There is no text at all. */
    EMPTY("empty", "a reference must not be empty"),
    /** Sixty-four hexadecimal digits and nothing else: the ID of an image, which names no repository. */
    IMAGE_ID("image-id", "64 hexadecimal digits alone are an image ID, not a name"),
    /** A URL was given, such as {@code https://registry.example/app}. */
    SCHEME("scheme", "a reference is not a URL: leave out the scheme"),
    /** What follows the registry is longer than the longest repository, tag and digest together. */
    TOO_LONG("too-long", "a reference has at most 520 characters after its registry"),
    /** The registry's host is malformed. */
    REGISTRY_HOST("registry-host", "a registry host is made of letters and digits, with '.' or '-' between them"),
    /** The registry's port is missing after its colon, or not a number. */
    REGISTRY_PORT("registry-port", "a registry port is made of digits"),
    /** An upper-case letter stands in the repository. */
    UPPERCASE("uppercase", "repository must be lowercase"),
    /** A path segment of the repository is empty: two slashes in a row, or one at an edge. */
    EMPTY_SEGMENT("empty-segment", "repository has an empty path segment"),
    /** A separator stands at the edge of a path segment, or beside one that it cannot stand beside. */
    SEPARATOR("separator", "'.', '_', '__' and '-' must stand between lowercase letters or digits"),
    /** The repository, with {@code library/} where that is implied, is longer than 255 characters. */
    REPOSITORY_LENGTH("repository-length", "repository must have at most 255 characters (an implied library/ counts)"),
    /** White space: in it, before it or after it. */
    WHITE_SPACE("white-space", "white space is not allowed"),
    /** A character beyond ASCII, perhaps one that looks like an ASCII letter. */
    NOT_ASCII("not-ascii", "only ASCII characters are allowed, and this one is not"),
    /** An ASCII character that stands in no repository. */
    CHARACTER("character", "not allowed in a repository"),
    /** Nothing follows the colon of the tag. */
    EMPTY_TAG("empty-tag", "tag must not be empty"),
    /** A character that cannot stand where it does in a tag. */
    TAG("tag", "a tag is made of letters, digits, '_', '.' and '-', and starts with none of the last two"),
    /** The tag is longer than 128 characters. */
    TAG_LENGTH("tag-length", "tag must have at most 128 characters"),
    /** The digest is not an algorithm, a colon and lower-case hexadecimal digits. */
    DIGEST("digest", "a digest is an algorithm, ':' and lowercase hexadecimal digits"),
    /** The digest's algorithm is not a known one. */
    DIGEST_ALGORITHM("digest-algorithm", "digest algorithm must be sha256, sha384 or sha512"),
    /** The digest has too few or too many hexadecimal digits. */
    DIGEST_LENGTH("digest-length", "a digest has 64 digits with sha256, 96 with sha384, 128 with sha512");

    private final String code;
    private final String sentence;

    ReferenceProblem(String code, String sentence) {
        this.code = code;
        this.sentence = sentence;
    }

    /** {@return the stable code of this problem, such as {@code digest-length}; it does not change between versions} */
    public String code() {
        return code;
    }

    /** {@return what is wrong, in a few words; the wording may change between versions} */
    public String sentence() {
        return sentence;
    }
}
