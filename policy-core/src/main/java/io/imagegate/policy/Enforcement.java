package io.imagegate.policy;

/**
 * Effect of a violation of a rule.
 *
 * @since 0.1
 */
public enum Enforcement {
    /** Denies the review. */
    DENY,
    /** Warns the user, if the protocol supports warnings, and writes to the audit log. */
    WARN,
    /** Only writes to the audit log. */
    AUDIT
}
