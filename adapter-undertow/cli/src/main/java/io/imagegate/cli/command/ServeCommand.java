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
import io.imagegate.cli.option.VolumeFolder;
import io.imagegate.document.DocumentProblem;
import io.imagegate.document.PolicyDocumentException;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.gate.GateException;
import io.imagegate.gate.LiveGate;
import io.imagegate.gate.LiveGateBuilder;
import io.imagegate.server.serve.ListenAddress;
import io.imagegate.server.serve.ReviewServer;
import io.imagegate.server.serve.ServerSettings;
import io.imagegate.server.serve.TlsSettings;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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
            description = "Start, send reviews to itself, and exit: status 0 if it became ready, 2 if not. Without"
                    + " --tls-cert and --tls-key only read the policies, the registries and the files that they name.")
    private boolean dryRun;

    @Option(
            names = "--unless-empty",
            paramLabel = "FOLDER",
            description =
                    "With --dry-run: exit with status 0 at once if this folder is empty or missing, as the volume of"
                            + " an object is that does not exist yet. Can be repeated.")
    private List<Path> awaited = List.of();

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
        if (!awaited.isEmpty() && !dryRun) {
            throw new CommandProblem("--unless-empty: expected --dry-run beside it, because a server always starts");
        }
        for (Path folder : awaited) {
            if (VolumeFolder.isEmpty(folder)) {
                LOG.log(Level.INFO, "{0} is empty, so nothing was checked", folder);
                return 0;
            }
        }
        Cryptography cryptography = imagegate.installCryptography();
        String line = "cryptography: " + cryptography.text();
        if (cryptography.failed()) {
            LOG.log(Level.WARNING, "{0}", line);
        }
        if (dryRun && tls.isEmpty()) {
            readFiles();
            return 0;
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
                life.metrics(host),
                console.settings(imagegate.environment()),
                tlsSettings,
                limits.limits(),
                gate.settings(
                        strict.isStrict(),
                        limits.reviews(),
                        dryRun ? Optional.empty() : Optional.of(imagegate.version())),
                life.settings(),
                life.notifications());
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
                    served("; probes and metrics: http://", settings.management(), serving.managementPort())
                            + served(
                                    "; probes and metrics for clients with a certificate: https://",
                                    settings.metrics(),
                                    serving.metricsPort())
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

    /** Reads policies and registries as a start does. No registry is asked. A mistake is told without warnings before it. */
    private void readFiles() {
        List<DocumentProblem> warnings = new ArrayList<>();
        LiveGateBuilder once = LiveGate.builder()
                .documents(new PolicyDocuments().withWarnings(warnings::add))
                .once();
        try {
            gate.settings(strict.isStrict(), limits.reviews(), Optional.empty())
                    .open(once)
                    .close();
        } catch (PolicyDocumentException | GateException mistakes) {
            throw new CommandProblem(String.valueOf(mistakes.getMessage()));
        }
        warnings.forEach(warning -> LOG.log(Level.WARNING, "{0}", warning));
        LOG.log(Level.INFO, "policy {0} is valid; no --tls-cert: certificates were not checked", gate.policies());
    }

    private static String served(String what, @Nullable ListenAddress asked, OptionalInt port) {
        return asked == null || port.isEmpty() ? "" : what + new ListenAddress(asked.host(), port.getAsInt());
    }

    private static void expectReady(ReviewServer serving) {
        if (!serving.obstacles().isEmpty()) {
            throw new CommandProblem("not ready: " + String.join(", ", serving.obstacles()));
        }
    }
}
