package io.imagegate.cli.check.report;

/** Why a finding that would deny does not. */
public enum Waiver {
    /** Nothing keeps it from denying. */
    NONE,
    /** The baseline has it. */
    BASELINE,
    /** It is what an included kustomization makes alone, in a run that need not be complete: it warns. */
    BASE,
    /** The command line weakens what is not known of it: it warns. */
    OPTION
}
