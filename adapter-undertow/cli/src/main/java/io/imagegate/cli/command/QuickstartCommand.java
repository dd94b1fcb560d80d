package io.imagegate.cli.command;

import io.imagegate.cli.option.CommandProblem;
import io.imagegate.policy.Decision;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.server.serve.ListenAddress;
import io.imagegate.server.serve.StartProblem;
import io.imagegate.server.tls.Authority;
import io.imagegate.server.tls.Host;
import io.imagegate.server.tls.PemFiles;
import io.imagegate.server.tls.TlsContexts;
import io.imagegate.server.undertow.HttpsServer;
import io.imagegate.time.TimeSource;
import io.imagegate.undertow.PolicyWebhookHandler;
import io.imagegate.webhook.PolicyWebhook;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Demonstrates reviews over HTTPS, without any preparation. */
@Command(
        name = "quickstart",
        description = {
            "Serves the default policy with a temporary certificate and sends it reviews of two images.",
            "With --kind it writes the files with which kind creates a cluster that asks Imagegate, and says what to type."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class QuickstartCommand implements Callable<Integer> {

    private static final String HOST = "127.0.0.1";
    private static final int DEFAULT_PORT = 8443;
    private static final Duration VALIDITY = Duration.ofDays(1);
    private static final List<String> IMAGES = List.of("nginx", "nginx:1.17.1");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private ImagegateCommand imagegate;

    @Option(names = "--once", description = "Exit after the two answers instead of serving until Ctrl-C.")
    private boolean once;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port on " + HOST + " (default: " + DEFAULT_PORT + ", or any free one).")
    private @Nullable Integer port;

    @Option(
            names = "--kind",
            paramLabel = "DIR",
            description = "A new folder for the files of a cluster of kind; nothing is served.")
    private @Nullable Path kind;

    @Option(
            names = "--kind-image",
            paramLabel = "NAME",
            description = "With --kind: the image of Imagegate that the node gets (default: " + KindFolder.IMAGE + ").")
    private @Nullable String image;

    @Override
    public Integer call() throws IOException, InterruptedException {
        imagegate.installCryptography();
        if (kind != null) {
            writeKindFolder(kind);
            return 0;
        }
        if (image != null) {
            throw new CommandProblem("--kind-image " + image + ": expected --kind DIR, whose static pod it is for");
        }
        Authority authority =
                Authority.create("imagegate quickstart", TimeSource.system().instant(), VALIDITY);
        SSLContext tls = TlsContexts.server(
                authority.server(List.of(Host.parse("localhost"), Host.parse(HOST)), VALIDITY), List.of());
        try (HttpsServer server = start(tls)) {
            Path folder = Files.createTempDirectory("imagegate-quickstart-");
            Path authorityFile = folder.resolve("ca.pem");
            PemFiles.writeCertificates(authority.identity(), authorityFile);
            folder.toFile().deleteOnExit();
            authorityFile.toFile().deleteOnExit();
            String url = "https://" + new ListenAddress(HOST, server.port()) + "/image_policy";
            review(new ReviewClient(url, TlsContexts.client(authority.identity().certificate())));
            if (!once) {
                printCommand(url, authorityFile);
                new CountDownLatch(1).await();
            }
        }
        return 0;
    }

    /** A port that was given must be free; the default port may be taken. */
    private HttpsServer start(SSLContext tls) {
        PolicySet policies = PolicySet.of(Policy.byDefault());
        PolicyWebhookHandler handler = new PolicyWebhookHandler(PolicyWebhook.of(() -> policies));
        if (port != null) {
            return listen(port, tls, handler);
        }
        try {
            return listen(DEFAULT_PORT, tls, handler);
        } catch (StartProblem taken) {
            return listen(0, tls, handler);
        }
    }

    private void writeKindFolder(Path folder) {
        if (once || port != null) {
            throw new CommandProblem((once ? "--once" : "--port") + ": expected no --kind, which serves nothing");
        }
        String name = image == null ? KindFolder.IMAGE : image;
        Decision own = Policy.byDefault().decide(name);
        if (!own.allowed()) {
            throw new CommandProblem("--kind-image " + name
                    + ": expected an image that the policy in the folder allows, because it also reviews its own pod: "
                    + own.reason());
        }
        KindFolder.create(folder, name, TimeSource.system().instant());
        PrintWriter out = spec.commandLine().getOut();
        out.println("wrote " + folder);
        out.println();
        out.print(KindSteps.of(folder, name, imagegate.environment()).text());
        out.flush();
    }

    private static HttpsServer listen(int port, SSLContext tls, PolicyWebhookHandler handler) {
        return new ListenAddress(HOST, port).listen(address -> HttpsServer.start(address, tls, handler));
    }

    private void review(ReviewClient client) throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        for (String image : IMAGES) {
            out.println("A pod wants to run the image " + image + ". The webhook answers:");
            out.println("  " + client.post(image));
            out.println();
            out.flush();
        }
    }

    private void printCommand(String url, Path authorityFile) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("Send it a review:");
        out.println("  curl --cacert " + authorityFile + " -H 'Content-Type: application/json' -d '"
                + ReviewClient.review("nginx:latest") + "' " + url);
        out.println();
        out.println("Serving on " + url + " until Ctrl-C.");
        out.flush();
    }
}
