package io.imagegate.policy;

/**
 * Outcome of a violation.
 *
 * @since 0.1
 */
public enum ViolationOutcome {
    /** It denies the review. */
    DENIED("denied"),
    /** An exception covers it, so it does not count. */
    EXEMPTED("exempted"),
    /** A break-glass annotation covers it, so it does not count. */
    BROKE_GLASS("broke-glass"),
    /** It warns the user, if the protocol supports warnings. */
    WARNED("warned"),
    /** It is only written to the audit log. */
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
