package io.imagegate.cli.command;

import io.imagegate.cli.option.CommandProblem;
import io.imagegate.server.page.ConsoleArtifact;
import io.imagegate.server.page.PlaygroundServer;
import io.imagegate.server.serve.ListenAddress;
import io.imagegate.server.undertow.PlainServer;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves the playground until SIGTERM. Its signatures name no class of the artifact with the pages. */
@Command(
        name = "playground",
        description =
                "Serves a page on which to try policies, for browsers of this machine. Prints its address and runs until"
                        + " Ctrl-C.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class PlaygroundCommand implements Callable<Integer> {

    private static final String HOST = "127.0.0.1";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port to listen on, 0 for any (default: ${DEFAULT-VALUE}).")
    private int port = 0;

    @Override
    public Integer call() throws InterruptedException {
        ConsoleArtifact.problem().ifPresent(problem -> {
            throw new CommandProblem(problem);
        });
        try (PlainServer server = new ListenAddress(HOST, port).listen(PlaygroundServer::start)) {
            spec.commandLine().getOut().println("http://" + new ListenAddress(HOST, server.port()) + "/");
            spec.commandLine().getOut().flush();
            new CountDownLatch(1).await();
        }
        return 0;
    }
}
