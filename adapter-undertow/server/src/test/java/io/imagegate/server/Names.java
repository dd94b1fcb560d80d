package io.imagegate.server;

import io.imagegate.Promises;
import java.nio.file.Path;

/** The names on which alerts, scripts and readers of logs rely: {@code names.txt} of the command line. */
public final class Names {

    /** The file, which each test compares with the lines of its kinds. */
    public static final Promises FILE =
            new Promises("list of names", Path.of("../cli/names.txt"), "imagegate.names", """
            mvn verify -Dtest='*NamesTest' -Dit.test=MonitoringIT -Dsurefire.failIfNoSpecifiedTests=false \\
              -Dfailsafe.failIfNoSpecifiedTests=false -Dimagegate.names=accept -pl adapter-undertow/server-it -am""");

    private Names() {}
}
