package io.imagegate.server.serve;

/** Which decisions are logged; named as the values of the option. */
public enum LoggedDecisions {
    /** Denials and failures. */
    denied,
    /** Every decision. */
    all,
    /** None. */
    none
}
