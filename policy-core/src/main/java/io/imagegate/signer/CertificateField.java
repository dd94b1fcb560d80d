package io.imagegate.signer;

/**
 * What Fulcio writes into a keyless certificate about the build, in an extension below 1.3.6.1.4.1.57264.1.
 *
 * @since 0.1
 */
public enum CertificateField {
    /** URI of the build instructions that signed, such as a reusable workflow. */
    BUILD_SIGNER("buildSigner", 9),
    /** Digest of the version of these instructions. */
    BUILD_SIGNER_DIGEST("buildSignerDigest", 10),
    /** Whose machine built, such as {@code github-hosted}. */
    RUNNER_ENVIRONMENT("runnerEnvironment", 11),
    /** URI of the repository that was built. */
    SOURCE_REPOSITORY("sourceRepository", 12),
    /** Digest of the version that was built. */
    SOURCE_DIGEST("sourceDigest", 13),
    /** Git reference that was built, such as {@code refs/tags/v1}. */
    SOURCE_REF("sourceRef", 14),
    /** Immutable identifier of the repository. */
    SOURCE_REPOSITORY_ID("sourceRepositoryId", 15),
    /** URI of the owner of the repository. */
    SOURCE_OWNER("sourceOwner", 16),
    /** Immutable identifier of the owner. */
    SOURCE_OWNER_ID("sourceOwnerId", 17),
    /** URI of the top-level build instructions. */
    BUILD_CONFIG("buildConfig", 18),
    /** Digest of the version of these instructions. */
    BUILD_CONFIG_DIGEST("buildConfigDigest", 19),
    /** What started the build, such as {@code push}. */
    TRIGGER("trigger", 20),
    /** URI of the run. */
    RUN_INVOCATION("runInvocation", 21),
    /** Whether the repository was public or private when it was built. */
    SOURCE_VISIBILITY("sourceVisibility", 22),
    /** Subject of the token. */
    TOKEN_SUBJECT("tokenSubject", 24);

    private static final String ARC = "1.3.6.1.4.1.57264.1.";

    private final String key;
    private final int number;

    CertificateField(String key, int number) {
        this.key = key;
        this.number = number;
    }

    /** {@return the name in policy files, such as {@code sourceRepository}} */
    public String key() {
        return key;
    }

    /** {@return the object identifier of the extension} */
    public String oid() {
        return ARC + number;
    }
}
