package io.imagegate.server;

import io.imagegate.server.cli.ImagegateCommand;

/** Runs the command line {@code imagegate}. */
public final class Main {

    private Main() {}

    /**
     * Runs one command and ends the process with its exit status.
     *
     * @param arguments of the command line
     */
    public static void main(String[] arguments) {
        System.exit(ImagegateCommand.run(Version.text(), arguments));
    }
}
