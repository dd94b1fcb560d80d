package io.imagegate.cli.command;

import io.imagegate.cli.crypto.Cryptography;
import io.imagegate.cli.option.CommandProblem;
import io.imagegate.cli.option.ConsoleOptions;
import io.imagegate.cli.option.EffectiveConfig;
import io.imagegate.cli.option.GateOptions;
import io.imagegate.cli.option.LifecycleOptions;
import io.imagegate.cli.option.LimitOptions;
import io.imagegate.cli.option.OptionDefaults;
import io.imagegate.cli.option.StrictOption;
import io.imagegate.cli.option.TlsOptions;
import io.imagegate.server.serve.ListenAddress;
import io.imagegate.server.serve.ReviewServer;
import io.imagegate.server.serve.ServerSettings;
import io.imagegate.server.serve.TlsSettings;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Runs the server until SIGTERM. */
@Command(
        name = "serve",
        description = "Answers image reviews of kube-apiserver over HTTPS.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Each option is also an environment variable: --tls-cert is IMAGEGATE_TLS_CERT.",
            "It can also be set in the file of --config, as \"tls-cert: FILE\". An option",
            "overrides its variable, and the variable overrides the file.",
            "imagegate certs makes certificates and keys."
        })
final class ServeCommand implements Callable<Integer> {

    private static final System.Logger LOG = System.getLogger(ServeCommand.class.getName());

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private ImagegateCommand imagegate;

    @Option(names = "--config", paramLabel = "FILE", description = "YAML file of options, at most 1 MiB.")
    private @Nullable Path config;

    @Option(
            names = "--print-config",
            description = "Print the options in effect as such a file, with the source of each value, and exit.")
    private boolean printConfig;

    @Option(
            names = "--dry-run",
            description = "Start, send reviews to itself, and exit: status 0 if it became ready, 2 if not.")
    private boolean dryRun;

    @Mixin
    private StrictOption strict = new StrictOption();

    @Mixin
    private TlsOptions tls = new TlsOptions();

    @Option(names = "--host", paramLabel = "HOST", description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    private String host = "0.0.0.0";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port to listen on, 0 for any (default: ${DEFAULT-VALUE}).")
    private int port = 8443;

    @Mixin
    private GateOptions gate = new GateOptions();

    @Mixin
    private LifecycleOptions life = new LifecycleOptions();

    @Mixin
    private ConsoleOptions console = new ConsoleOptions();

    @Mixin
    private LimitOptions limits = new LimitOptions();

    @Override
    public Integer call() throws InterruptedException {
        if (printConfig) {
            OptionDefaults defaults = (OptionDefaults) spec.defaultValueProvider();
            new EffectiveConfig(spec, defaults)
                    .lines()
                    .forEach(spec.commandLine().getOut()::println);
            return 0;
        }
        if (strict.isStrict() && !dryRun) {
            throw new CommandProblem(
                    "--strict: expected --dry-run beside it, because a server that runs only warns of such mistakes");
        }
        Cryptography cryptography = imagegate.installCryptography();
        String line = "cryptography: " + cryptography.text();
        if (cryptography.failed()) {
            LOG.log(Level.WARNING, "{0}", line);
        }
        return serve(tls.settings(), cryptography.failed() ? "" : "; " + line);
    }

    /** Starts a server with these options. */
    ReviewServer start() {
        return ReviewServer.start(imagegate.version(), settings(tls.settings()));
    }

    private ServerSettings settings(TlsSettings tlsSettings) {
        return new ServerSettings(
                new ListenAddress(host, port),
                life.management(),
                console.settings(imagegate.environment()),
                tlsSettings,
                limits.limits(),
                gate.settings(strict.isStrict(), limits.reviews()),
                life.settings());
    }

    private int serve(TlsSettings tlsSettings, String cryptography) throws InterruptedException {
        ServerSettings settings = settings(tlsSettings);
        try (ReviewServer serving = ReviewServer.start(imagegate.version(), settings)) {
            LOG.log(
                    Level.INFO,
                    "imagegate {0} answers on https://{1}; {2}; policy: {3}{4}{5}",
                    imagegate.version(),
                    new ListenAddress(host, serving.port()) + serving.path(),
                    tls.acceptedClients(),
                    gate.policies(),
                    cryptography,
                    management(settings, serving)
                            + serving.console()
                                    .map(address -> "; console: http://" + address + "/")
                                    .orElse("")
                            + (config == null ? "" : "; options from " + config));
            if (dryRun) {
                expectReady(serving);
            } else {
                serving.shutDownOnSigterm();
                new CountDownLatch(1).await();
            }
        }
        return 0;
    }

    private static String management(ServerSettings settings, ReviewServer serving) {
        ListenAddress asked = settings.management();
        return asked == null || serving.managementPort().isEmpty()
                ? ""
                : "; probes and metrics: http://"
                        + new ListenAddress(
                                asked.host(), serving.managementPort().getAsInt());
    }

    private static void expectReady(ReviewServer serving) {
        if (!serving.obstacles().isEmpty()) {
            throw new CommandProblem("not ready: " + String.join(", ", serving.obstacles()));
        }
    }
}
