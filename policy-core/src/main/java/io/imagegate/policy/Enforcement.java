package io.imagegate.policy;

/**
 * What a violation of a rule does.
 *
 * @since 0.1
 */
public enum Enforcement {
    /** The review is denied. */
    DENY,
    /** The review is not denied for it; the user is warned, where the wire can, and the audit log has it. */
    WARN,
    /** The review is not denied for it; the audit log alone has it. */
    AUDIT
}
