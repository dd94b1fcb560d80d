package io.imagegate.cli.check.report;

/** What reports of other programs call a result; the names are those of policy reports of Kubernetes. */
enum Status {
    /** Nothing was found. */
    pass,
    /** It is denied, or audited: then its severity is low. */
    fail,
    /** It only warns. */
    warn,
    /** It is not known whether it violates the rule. */
    error,
    /** An exception, break-glass or the baseline covers it. */
    skip
}
