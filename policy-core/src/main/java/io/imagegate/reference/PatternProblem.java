package io.imagegate.reference;

/**
 * Reason why text is not an image pattern, with a code for programs and a message for people.
 */
enum PatternProblem {
    /** The text is empty. */
    EMPTY("empty", "a pattern must not be empty"),
    /** The pattern is longer than any image it could match. */
    TOO_LONG("too-long", "a pattern has at most 1024 characters"),
    /** The text is a URL, such as {@code https://registry.example/**}. */
    SCHEME("scheme", "a pattern is not a URL: leave out the scheme"),
    /** White space inside, before or after the pattern. */
    WHITE_SPACE("white-space", "white space is not allowed"),
    /** A character that is not ASCII, even if it looks like an ASCII letter. */
    NOT_ASCII("not-ascii", "only ASCII characters are allowed, and this is not one, even if it looks like one"),
    /** An ASCII character that no image name contains. */
    CHARACTER("character", "not allowed in a repository pattern"),
    /** The first segment is {@code *}, which could mean any registry or any Docker Hub namespace. */
    BARE_STAR(
            "bare-star",
            "'*' at the start could mean any registry or any Docker Hub name: write '**' for any registry,"
                    + " 'docker.io/**' for all of Docker Hub, or 'docker.io/library/*' for its official images"),
    /** {@code docker.io/*}, which could mean all of Docker Hub or its official images. */
    DOCKER_HUB_STAR(
            "docker-hub-star",
            "'*' alone after Docker Hub could mean its official images or all images: write 'docker.io/library/*'"
                    + " for the official ones, or 'docker.io/**' for all"),
    /** A wildcard for the port of Docker Hub. */
    DOCKER_HUB_PORT("docker-hub-port", "Docker Hub has one port: leave out ':*'"),
    /** Only a registry, such as {@code gcr.io}; as a reference it would be an image of Docker Hub. */
    REGISTRY_ONLY(
            "registry-only",
            "looks like a registry without a repository: write '/**' after it for everything in it,"
                    + " or 'docker.io/library/' before it for an image of that name"),
    /** The registry is malformed. */
    REGISTRY(
            "registry",
            "a registry is a host of letters and digits with '.' or '-' between them, and optionally a port"),
    /** The registry contains a wildcard elsewhere than a pattern can have one. */
    REGISTRY_WILDCARD(
            "registry-wildcard",
            "a registry can have a wildcard only as '*.' at its start, as '.*' at the end of an IPv4 address, or as ':*' for"
                    + " any port"),
    /** Text in braces that is no placeholder, such as {@code {ns}} or {@code {a,b}}. */
    PLACEHOLDER(
            "placeholder",
            "the only placeholder of a pattern is '{namespace}'; each alternative is a pattern of its own"),
    /** A placeholder in the registry, the tag or the digest. */
    PLACEHOLDER_PLACE("placeholder-place", "'{namespace}' can stand only in the path, after the registry"),
    /** A path segment is empty: two slashes in a row, or one at an edge. */
    EMPTY_SEGMENT("empty-segment", "a path segment is empty: write '**' for anything below"),
    /** {@code **} is only a part of a path segment. */
    DOUBLE_STAR("double-star", "'**' must be a whole path segment: write '*' for a part of one"),
    /** The repository contains an upper-case letter. */
    UPPERCASE("uppercase", "repository must be lowercase"),
    /** A separator at a position where no repository has one. */
    SEPARATOR("separator", "'.', '_', '__' and '-' must be between lowercase letters, digits or wildcards"),
    /** The tag after the colon is empty. */
    EMPTY_TAG("empty-tag", "tag must not be empty: leave out the colon for any tag"),
    /** A character that is not allowed at its position in a tag. */
    TAG("tag", "a tag is made of letters, digits, '_', '.', '-' and wildcards, and starts with neither '.' nor '-'"),
    /** The tag is longer than 128 characters. */
    TAG_LENGTH("tag-length", "tag must have at most 128 characters"),
    /** The digest is neither complete nor one of the wildcard forms. */
    DIGEST("digest", "a digest is '*', 'sha256:*', 'sha384:*', 'sha512:*', or a digest with all its lowercase digits");

    private final String code;
    private final String sentence;

    PatternProblem(String code, String sentence) {
        this.code = code;
        this.sentence = sentence;
    }

    /** {@return the code, such as {@code double-star}; it does not change between versions} */
    public String code() {
        return code;
    }

    /** {@return the message; its wording may change between versions} */
    public String sentence() {
        return sentence;
    }
}
