package io.imagegate.policy;

/**
 * How serious a violation of a rule is, for reports. It does not change decisions; {@link Enforcement} does.
 *
 * @since 0.1
 */
public enum Severity {
    /** For information. */
    LOW,
    /** Fix when convenient. */
    MEDIUM,
    /** Fix soon. */
    HIGH,
    /** Fix immediately. */
    CRITICAL
}
