package io.imagegate.cli;

import io.imagegate.cli.command.ImagegateCommand;

/** Runs the command line {@code imagegate}. */
public final class Main {

    /** Which schemes the JDK keeps from a proxy on the way to TLS. It reads this once, when it first needs an HTTP client. */
    private static final String PROXY_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

    /** Most bytes of an answer's head. By default the JDK keeps 384 KiB, for each connection at once. */
    private static final String HEAD_BYTES = "jdk.http.maxHeaderSize";

    /** Threads of the JDK's pool for what follows on a future. The JDK reads this once, when it first needs the pool. */
    private static final String POOL_THREADS = "java.util.concurrent.ForkJoinPool.common.parallelism";

    /** With fewer, Java before 25 has no pool: it starts a thread for each answer to its HTTP client. */
    private static final int FEWEST_POOL_THREADS = 2;

    private Main() {}

    /**
     * Runs one command and ends the process with its exit status.
     *
     * @param arguments of the command line
     */
    public static void main(String[] arguments) {
        setProperties();
        System.exit(ImagegateCommand.run(Version.text(), arguments));
    }

    static void setProperties() {
        // A proxy gets only the password that a file of registries has for it, so that no scheme needs to be disabled.
        System.setProperty(PROXY_SCHEMES, System.getProperty(PROXY_SCHEMES, ""));
        System.setProperty(HEAD_BYTES, System.getProperty(HEAD_BYTES, "32768"));
        if (Runtime.getRuntime().availableProcessors() <= FEWEST_POOL_THREADS) {
            System.setProperty(POOL_THREADS, System.getProperty(POOL_THREADS, String.valueOf(FEWEST_POOL_THREADS)));
        }
    }
}
