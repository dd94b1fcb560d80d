package io.imagegate.policy;

/**
 * What became of a violation.
 *
 * @since 0.1
 */
public enum ViolationOutcome {
    /** The review is denied because of it. */
    DENIED("denied"),
    /** An exception covers it, so it does not count. */
    EXEMPTED("exempted"),
    /** A break-glass annotation covers it, so it does not count. */
    BROKE_GLASS("broke-glass"),
    /** The user is warned, where the protocol can do so. */
    WARNED("warned"),
    /** Only the audit log has it. */
    AUDITED("audited");

    private final String label;

    ViolationOutcome(String label) {
        this.label = label;
    }

    /** {@return the stable label in metrics, logs, reports and audit annotations, such as {@code broke-glass}} */
    public String label() {
        return label;
    }
}
