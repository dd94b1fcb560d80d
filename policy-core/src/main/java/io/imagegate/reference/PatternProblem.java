package io.imagegate.reference;

/**
 * Why text is not an image pattern: a code for machines and a sentence for people.
 *
 * @since 0.1
 */
public enum PatternProblem {
    /** There is no text at all. */
    EMPTY("empty", "a pattern must not be empty"),
    /** The pattern is longer than any image it could match. */
    TOO_LONG("too-long", "a pattern has at most 1024 characters"),
    /** A URL was given, such as {@code https://registry.example/**}. */
    SCHEME("scheme", "a pattern is not a URL: leave out the scheme"),
    /** White space: in it, before it or after it. */
    WHITE_SPACE("white-space", "white space is not allowed"),
    /** A character beyond ASCII; no image name holds one, however much it looks like a letter that may stand there. */
    NOT_ASCII("not-ascii", "only ASCII characters are allowed, and this one, whatever it looks like, is not"),
    /** An ASCII character that stands in no image name. */
    CHARACTER("character", "not allowed in a repository pattern"),
    /** The first segment is {@code *}, which some would read as any registry and others as any Docker Hub namespace. */
    BARE_STAR(
            "bare-star",
            "'*' in front could mean any registry or any Docker Hub name: write '**' for any registry,"
                    + " 'docker.io/**' for all of Docker Hub, or 'docker.io/library/*' for its official images"),
    /** {@code docker.io/*}, which some would read as all of Docker Hub and others as its official images. */
    DOCKER_HUB_STAR(
            "docker-hub-star",
            "'*' alone after Docker Hub could mean its official images or all images: write 'docker.io/library/*'"
                    + " for the official ones, or 'docker.io/**' for all"),
    /** Only a registry was given, such as {@code gcr.io}, which as a reference would be an image of Docker Hub. */
    REGISTRY_ONLY(
            "registry-only",
            "reads like a registry without a repository: write '/**' after it for everything in it,"
                    + " or 'docker.io/library/' before it for an image of that name"),
    /** The registry is malformed. */
    REGISTRY("registry", "a registry is a host of letters and digits with '.' or '-' between them, and perhaps a port"),
    /** A wildcard stands in the registry, other than {@code *.} in front. */
    REGISTRY_WILDCARD("registry-wildcard", "a registry can hold a wildcard only as '*.' in front"),
    /** A path segment is empty: two slashes in a row, or one at an edge. */
    EMPTY_SEGMENT("empty-segment", "a path segment is empty: write '**' for anything below"),
    /** Two stars are not a whole path segment. */
    DOUBLE_STAR("double-star", "'**' must be a whole path segment: write '*' for a part of one"),
    /** An upper-case letter stands in the repository, where no image has one. */
    UPPERCASE("uppercase", "repository must be lowercase"),
    /** A separator stands where it does in no repository. */
    SEPARATOR("separator", "'.', '_', '__' and '-' must stand between lowercase letters, digits or wildcards"),
    /** Nothing follows the colon of the tag. */
    EMPTY_TAG("empty-tag", "tag must not be empty: leave out the colon for any tag"),
    /** A character that cannot stand where it does in a tag. */
    TAG("tag", "a tag is made of letters, digits, '_', '.', '-' and wildcards, and starts with neither '.' nor '-'"),
    /** The tag is longer than any tag. */
    TAG_LENGTH("tag-length", "tag must have at most 128 characters"),
    /** The digest is neither complete nor one of the forms that stand for any. */
    DIGEST("digest", "a digest is '*', 'sha256:*', 'sha384:*', 'sha512:*', or one with all its lowercase digits");

    private final String code;
    private final String sentence;

    PatternProblem(String code, String sentence) {
        this.code = code;
        this.sentence = sentence;
    }

    /** {@return the stable code of this problem, such as {@code double-star}; it does not change between versions} */
    public String code() {
        return code;
    }

    /** {@return what is wrong, in a few words; the wording may change between versions} */
    public String sentence() {
        return sentence;
    }
}
