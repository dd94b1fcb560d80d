package io.imagegate.reference;

/**
 * Reason why text is not an image reference, with a code for programs and a message for people.
 */
enum ReferenceProblem {
    /** The text is empty. */
    EMPTY("empty", "a reference must not be empty"),
    /** Exactly 64 hexadecimal digits: the ID of an image, not the name of a repository. */
    IMAGE_ID("image-id", "64 hexadecimal digits alone are an image ID, not a name"),
    /** The text is a URL, such as {@code https://registry.example/app}. */
    SCHEME("scheme", "a reference is not a URL: leave out the scheme"),
    /** A Go import path in place of an image, such as {@code ko://example.com/cmd/app}. */
    KO("ko", "a Go import path, of which ko builds an image: check what ko resolve prints"),
    /** An angle or curly bracket, as in {@code <image>} and {@code {IMAGE}}. */
    PLACEHOLDER("placeholder", "a placeholder, expected the image that takes its place"),
    /** The text after the registry is longer than the longest repository, tag and digest combined. */
    TOO_LONG("too-long", "a reference has at most 520 characters after its registry"),
    /** The registry's host is malformed. */
    REGISTRY_HOST("registry-host", "a registry host is made of letters and digits, with '.' or '-' between them"),
    /** The registry's port is missing after its colon, or not a number. */
    REGISTRY_PORT("registry-port", "a registry port is made of digits"),
    /** The repository contains an upper-case letter. */
    UPPERCASE("uppercase", "repository must be lowercase"),
    /** A path segment of the repository is empty: two slashes in a row, or one at an edge. */
    EMPTY_SEGMENT("empty-segment", "repository has an empty path segment"),
    /** A separator at the start or end of a path segment, or next to another one. */
    SEPARATOR("separator", "'.', '_', '__' and '-' must be between lowercase letters or digits"),
    /** The repository, including an implied {@code library/}, is longer than 255 characters. */
    REPOSITORY_LENGTH("repository-length", "repository must have at most 255 characters (an implied library/ counts)"),
    /** White space inside, before or after the reference. */
    WHITE_SPACE("white-space", "white space is not allowed"),
    /** A character that is not ASCII, even if it looks like an ASCII letter. */
    NOT_ASCII("not-ascii", "only ASCII characters are allowed, and this one is not"),
    /** An ASCII character that no repository contains. */
    CHARACTER("character", "not allowed in a repository"),
    /** The tag after the colon is empty. */
    EMPTY_TAG("empty-tag", "tag must not be empty"),
    /** A character that is not allowed at its position in a tag. */
    TAG("tag", "a tag is made of letters, digits, '_', '.' and '-', and starts with neither '.' nor '-'"),
    /** The tag is longer than 128 characters. */
    TAG_LENGTH("tag-length", "tag must have at most 128 characters"),
    /** The digest is not an algorithm, a colon and lower-case hexadecimal digits. */
    DIGEST("digest", "a digest is an algorithm, ':' and lowercase hexadecimal digits"),
    /** The digest's algorithm is unknown. */
    DIGEST_ALGORITHM("digest-algorithm", "digest algorithm must be sha256, sha384 or sha512"),
    /** The digest has too few or too many hexadecimal digits. */
    DIGEST_LENGTH("digest-length", "a digest has 64 digits with sha256, 96 with sha384, 128 with sha512");

    private final String code;
    private final String sentence;

    ReferenceProblem(String code, String sentence) {
        this.code = code;
        this.sentence = sentence;
    }

    /** {@return the code, such as {@code digest-length}; it does not change between versions} */
    public String code() {
        return code;
    }

    /** {@return the message; its wording may change between versions} */
    public String sentence() {
        return sentence;
    }
}
