package io.imagegate.policy;

/**
 * Effect of a violation of a rule, the strictest first.
 *
 * @since 0.1
 */
public enum Enforcement {
    /** Denies the review. */
    DENY,
    /** Warns the user, if the protocol supports warnings, and writes to the audit log. */
    WARN,
    /** Only writes to the audit log. */
    AUDIT;

    Enforcement laxer(Enforcement other) {
        return other.compareTo(this) > 0 ? other : this;
    }
}
