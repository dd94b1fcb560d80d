package io.imagegate.server;

import io.imagegate.server.tls.Identity;
import io.imagegate.server.tls.TlsContexts;
import io.imagegate.server.tls.TlsFiles;
import io.imagegate.undertow.PolicyWebhookHandler;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.xnio.SslClientAuthMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves until the process is told to end. */
@Command(
        name = "serve",
        description = "Answers image reviews over HTTPS: the webhook that kube-apiserver asks.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false,
        footer = {
            "",
            "Each option is an environment variable too: --tls-cert is IMAGEGATE_TLS_CERT.",
            "imagegate certs makes files that fit."
        })
final class ServeCommand implements Callable<Integer> {

    private static final System.Logger LOG = System.getLogger(ServeCommand.class.getName());

    @Option(names = "--tls-cert", required = true, paramLabel = "FILE", description = "Certificate and chain, PEM.")
    @SuppressWarnings("NullAway.Init")
    private Path certificate;

    @Option(names = "--tls-key", required = true, paramLabel = "FILE", description = "Its private key, PEM.")
    @SuppressWarnings("NullAway.Init")
    private Path key;

    @Option(
            names = "--client-ca",
            paramLabel = "FILE",
            description = "Authorities whose clients may ask, PEM. Without it anyone who reaches the port may.")
    private @Nullable Path clientAuthorities;

    @Option(names = "--host", description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    private String host = "0.0.0.0";

    @Option(names = "--port", description = "Port to listen on, 0 for any (default: ${DEFAULT-VALUE}).")
    private int port = 8443;

    @Option(
            names = "--locale",
            paramLabel = "en|zh-CN",
            description = "Language of the built-in messages (default: ${DEFAULT-VALUE}).")
    private String locale = "en";

    @Override
    public Integer call() throws InterruptedException {
        Endpoint endpoint = new Endpoint(host, port);
        PolicyWebhookHandler handler = new PolicyWebhookHandler(DefaultPolicy.webhook(language(locale)));
        Identity identity = TlsFiles.identity(certificate, key);
        List<X509Certificate> authorities =
                clientAuthorities == null ? List.of() : TlsFiles.certificates(clientAuthorities);
        SslClientAuthMode clients =
                authorities.isEmpty() ? SslClientAuthMode.NOT_REQUESTED : SslClientAuthMode.REQUIRED;
        try (HttpsServer server =
                HttpsServer.start(endpoint, TlsContexts.server(identity, authorities), clients, handler)) {
            LOG.log(
                    Level.INFO,
                    "imagegate {0} answers on https://{1}/image_policy; {2}; policy: default",
                    Main.Version.text(),
                    new Endpoint(host, server.port()),
                    whoMayAsk());
            new CountDownLatch(1).await();
        }
        return 0;
    }

    private String whoMayAsk() {
        return clientAuthorities == null
                ? "no --client-ca: anyone who reaches the port may ask"
                : "clients need a certificate from " + clientAuthorities;
    }

    private static Locale language(String tag) {
        return switch (tag) {
            case "en" -> Locale.ENGLISH;
            case "zh-CN" -> Locale.SIMPLIFIED_CHINESE;
            default -> throw new CommandProblem("--locale " + tag + ": expected en or zh-CN");
        };
    }
}
