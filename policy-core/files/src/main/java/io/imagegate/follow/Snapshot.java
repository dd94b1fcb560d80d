package io.imagegate.follow;

/** What was read from files at one time. */
public interface Snapshot {

    /** {@return whether the files still say the same} Reads them again. */
    boolean isCurrent();
}
