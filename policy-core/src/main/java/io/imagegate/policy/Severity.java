package io.imagegate.policy;

/**
 * How bad a violation of a rule is, for reports. It changes no decision: {@link Enforcement} does.
 *
 * @since 0.1
 */
public enum Severity {
    /** Worth knowing. */
    LOW,
    /** To be fixed when there is time. */
    MEDIUM,
    /** To be fixed soon. */
    HIGH,
    /** To be fixed at once. */
    CRITICAL
}
