package io.imagegate.cli;

import io.imagegate.cli.command.Training;
import java.nio.file.Path;

/** Runs the commands of a file, one after the other, for the JVM that makes an AOT cache of what they need. */
public final class Train {

    private Train() {}

    /**
     * Runs the commands and ends the process: with status 0 if each had the exit status that the file expects.
     *
     * @param arguments the name of the file
     */
    public static void main(String[] arguments) {
        Main.setProperties();
        System.exit(Training.run(Version.text(), Path.of(arguments[0])));
    }
}
