package io.imagegate.rule;

import java.util.Set;

/**
 * Rule that a CEL expression is true. Immutable and thread-safe.
 *
 * @since 0.1
 */
public interface CelCondition extends Rule {

    /** {@return whether the expression names facts about the content of images, which are looked up} */
    boolean looksAtContent();

    /** {@return the properties of requests that the expression names and ImagePolicyWebhook does not tell; unmodifiable} */
    Set<RequestProperty> notInImageReview();

    /**
     * {@return a copy with another sentence for images that violate it}
     *
     * @param expression an expression whose value is text
     * @throws CelSyntaxException if it is no expression, has another type or exceeds a limit
     */
    CelCondition withMessage(String expression);
}
