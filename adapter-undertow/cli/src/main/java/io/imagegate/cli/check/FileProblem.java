package io.imagegate.cli.check;

import java.io.IOException;

/**
 * A problem with a file.
 *
 * @param message names the file, and says what is wrong
 * @param code what is wrong
 * @param file name of the file
 * @param exclude what leaves the file out, as {@link Exclusions#option} has it; empty for what cannot be left out
 * @param sources what was read for the file
 */
record FileProblem(String message, Code code, String file, String exclude, Sources sources) {

    /** What is wrong, as baselines know it. */
    enum Code {
        /** It is not what its format says, or part of that cannot be judged. */
        malformed,
        /** There is no such file: a link leads nowhere. */
        missing,
        /** It was not read. */
        unread
    }

    /** Everything on which it depends how a file is read. */
    interface Sources {

        /**
         * {@return its digest}
         *
         * @throws IOException if it is not known; the message says why
         */
        String digest() throws IOException;
    }

    /** {@return what was not read, and therefore can be in no baseline} */
    static FileProblem unread(String message, String exclude) {
        return new FileProblem(message, Code.unread, "", exclude, () -> {
            throw new IOException("it was not read");
        });
    }
}
