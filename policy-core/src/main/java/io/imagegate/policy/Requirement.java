package io.imagegate.policy;

import java.net.URI;

/**
 * Built-in requirement of every review. Exceptions do not relax it, and break-glass relaxes only {@link #PIN}.
 *
 * @since 0.1
 */
public enum Requirement {
    /** The review has at least one image. */
    IMAGES("no-images"),
    /** The name of the image is known: everything in it {@linkplain io.imagegate.review.ReviewedImage#unknown has a value}. */
    KNOWN_IMAGE("unknown-image"),
    /** The name of the image has no part that only the defaults of a Helm chart tell; one violation has all images of a review. */
    CHART_DEFAULT("chart-default"),
    /** The image is a valid reference. */
    VALID_REFERENCE("invalid-reference"),
    /**
     * The reference has a registry. {@code foo_bar.com/baz} is valid and has none, but a container runtime would pull
     * it from {@code foo_bar.com}.
     */
    REGISTRY("no-registry"),
    /** An image that the policy's {@link Mutation} pins gets a digest. */
    PIN("pin"),
    /** Who adds or changes a {@link BreakGlass} annotation may break the glass, if the policy names users or groups. */
    BREAK_GLASS("break-glass"),
    /** The kind of the object is known, or every policy ignores it. */
    KNOWN_KIND("unknown-kind"),
    /** A policy is loaded. */
    LOADED_POLICY("no-policy");

    private static final String PAGE = "https://github.com/imagegate/imagegate/blob/main/policy-core/REQUIREMENTS.md#";

    private final String code;

    Requirement(String code) {
        this.code = code;
    }

    /** Rejects the name of a requirement, because decisions and reports could not distinguish such a rule from it. */
    static void refuse(String rule) {
        for (Requirement requirement : values()) {
            if (requirement.code.equals(rule)) {
                throw new IllegalArgumentException("rule \"" + rule + "\": this is the name of a built-in requirement,"
                        + " expected another, such as \"own-" + rule + "\"");
            }
        }
    }

    /** {@return the page that says what is required, and what to do} */
    public URI page() {
        return URI.create(PAGE + code);
    }

    /** {@return the stable code, which is used in place of a rule's name} */
    public String code() {
        return code;
    }
}
