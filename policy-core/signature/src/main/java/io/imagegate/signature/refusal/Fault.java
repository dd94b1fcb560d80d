package io.imagegate.signature.refusal;

/** What is wrong with a signature. The names are those of {@code Verdict.Code}, which says what each means. */
public enum Fault {
    FORMAT,
    CONTENT,
    DIGEST,
    SIGNATURE,
    KEY,
    MATERIAL,
    IDENTITY,
    CERTIFICATE,
    SCT,
    LOG,
    TIMESTAMP,
    TIME
}
