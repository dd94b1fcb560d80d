package io.imagegate.cli;

import io.imagegate.cli.command.ImagegateHere;
import io.imagegate.server.serve.ReviewServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.Logger;

/**
 * What {@code imagegate serve} starts, in this process: for tests of what it answers. Starting the built jar costs a second of a
 * processor, so only tests of the process, its memory, its end or its log do that.
 */
final class ServerHere extends RunningServer {

    /** Of what the servers log here, nothing is printed. */
    private static final Logger LOGGED = Logger.getLogger("io.imagegate");

    static {
        LOGGED.setUseParentHandlers(false);
    }

    private final ReviewServer server;

    private ServerHere(ReviewServer server) {
        super(
                "https://127.0.0.1:" + server.port() + "/image_policy",
                "http://127.0.0.1:" + server.managementPort().getAsInt());
        this.server = server;
    }

    /** Serves on a free loopback port with what {@code certs} wrote into a folder, and has a management port. */
    static ServerHere serve(Path certificates, String... more) throws IOException {
        String[] arguments = RunningJar.managed(RunningJar.arguments(certificates, more));
        return new ServerHere(ImagegateHere.serve(arguments));
    }

    /** Where {@code --metrics-port} listens. */
    String metrics() {
        return "https://127.0.0.1:" + server.metricsPort().getAsInt() + "/metrics";
    }

    @Override
    public void close() {
        server.close();
    }
}
