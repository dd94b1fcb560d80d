package io.imagegate.cli.check.report;

/** What a block of text for people is about. */
public enum Grouping {
    /** An image and what was found, with all its places. */
    image,
    /** A rule, with what it found and where. */
    rule,
    /** An image in one place, in the order of the files. */
    file
}
