package io.imagegate.policy;

/**
 * What is demanded of every review, whatever the policy; no exception and no broken glass relaxes it.
 *
 * @since 0.1
 */
public enum Requirement {
    /** A review names at least one image. */
    IMAGES("no-images"),
    /** An image is a valid reference. */
    VALID_REFERENCE("invalid-reference"),
    /**
     * A reference has a registry. The grammar accepts {@code foo_bar.com/baz} with none, and a container runtime would
     * pull it from {@code foo_bar.com}.
     */
    REGISTRY("no-registry"),
    /** The kind of an object is known, so that its images are, or every policy ignores it. */
    KNOWN_KIND("unknown-kind"),
    /** A policy is loaded. */
    LOADED_POLICY("no-policy");

    private final String code;

    Requirement(String code) {
        this.code = code;
    }

    /** A rule of this name could not be told from the requirement in decisions and reports. */
    static void refuse(String rule) {
        for (Requirement requirement : values()) {
            if (requirement.code.equals(rule)) {
                throw new IllegalArgumentException("rule \"" + rule + "\": a built-in requirement has this name,"
                        + " expected another, such as \"own-" + rule + "\"");
            }
        }
    }

    /** {@return the stable code that stands where a rule's name would} */
    public String code() {
        return code;
    }
}
