package io.imagegate.cli.option;

import io.imagegate.server.serve.TlsSettings;
import io.imagegate.text.NamedLists;
import io.imagegate.webhook.ClientNames;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options for the server's certificate and the clients that it accepts. */
public final class TlsOptions {

    private static final String CERTIFICATE = "--tls-cert";
    private static final String KEY = "--tls-key";

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = CERTIFICATE,
            paramLabel = "FILE",
            description = "Certificate and chain, PEM. This file and the next two are reloaded when they change.")
    private @Nullable Path certificate;

    @Option(names = KEY, paramLabel = "FILE", description = "Its private key, PEM.")
    private @Nullable Path key;

    @Option(
            names = "--client-ca",
            paramLabel = "FILE",
            description =
                    "Authorities of client certificates, PEM: only clients whose certificate one of them signed are"
                            + " accepted. Without it every client is.")
    private @Nullable Path clientAuthorities;

    @Option(
            names = "--client-name",
            paramLabel = "[POLICIES=]NAME",
            description = "Accept only clients with this name in their certificate: cn:NAME is the common name of its"
                    + " subject, dns:NAME and uri:NAME are alternative names, and a bare NAME is a common name"
                    + " or a DNS name. With the name of policies before it, only clients with such a name may ask"
                    + " these policies; names without one apply to all other policies. Can be repeated.")
    private List<String> clientNames = List.of();

    @Option(
            names = "--service-name",
            paramLabel = "NAME",
            split = ",",
            description = "DNS name or IP address by which API servers reach this server: it is not ready while its"
                    + " certificate is valid for none of these names. Can be repeated.")
    private List<String> serviceNames = List.of();

    /** {@return whether neither a certificate nor a key is given} */
    public boolean isEmpty() {
        return certificate == null && key == null;
    }

    /**
     * {@return the settings of these options}
     *
     * @throws MissingParameterException when there is no certificate or no key
     * @throws CommandProblem when names of clients are malformed or given without {@code --client-ca}
     */
    public TlsSettings settings() {
        if (certificate == null || key == null) {
            throw new MissingParameterException(spec.commandLine(), missing(), "");
        }
        if (!clientNames.isEmpty() && clientAuthorities == null) {
            throw new CommandProblem("--client-name: expected --client-ca, too");
        }
        return new TlsSettings(certificate, key, clientAuthorities, clientNames(), serviceNames);
    }

    private List<ArgSpec> missing() {
        return Stream.of(certificate == null ? CERTIFICATE : "", key == null ? KEY : "")
                .filter(name -> !name.isEmpty())
                .<ArgSpec>map(spec::findOption)
                .toList();
    }

    private ClientNames clientNames() {
        try {
            return ClientNames.parse(clientNames);
        } catch (IllegalArgumentException wrong) {
            throw new CommandProblem("--client-name " + wrong.getMessage());
        }
    }

    public String acceptedClients() {
        if (clientAuthorities == null) {
            return "no --client-ca: accepts every client that reaches the port";
        }
        String named = NamedLists.parse(clientNames).entrySet().stream()
                .map(entry -> " and the name " + String.join(" or ", entry.getValue())
                        + (entry.getKey().isEmpty() ? "" : " for " + entry.getKey()))
                .collect(Collectors.joining(","));
        return "accepts clients with a certificate from " + clientAuthorities + named;
    }
}
