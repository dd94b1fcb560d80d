package io.imagegate.cli.option;

import io.imagegate.server.serve.TlsSettings;
import io.imagegate.server.tls.CertificateNames;
import io.imagegate.text.NamedLists;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for the server's certificate and the clients that it accepts. */
public final class TlsOptions {

    @Option(
            names = "--tls-cert",
            required = true,
            paramLabel = "FILE",
            description = "Certificate and chain, PEM. This file and the next two are reloaded when they change.")
    @SuppressWarnings("NullAway.Init")
    private Path certificate;

    @Option(names = "--tls-key", required = true, paramLabel = "FILE", description = "Its private key, PEM.")
    @SuppressWarnings("NullAway.Init")
    private Path key;

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

    /**
     * {@return the settings of these options}
     *
     * @throws CommandProblem when names of clients are malformed or given without {@code --client-ca}
     */
    public TlsSettings settings() {
        if (!clientNames.isEmpty() && clientAuthorities == null) {
            throw new CommandProblem("--client-name: expected --client-ca, too");
        }
        return new TlsSettings(certificate, key, clientAuthorities, clientNames());
    }

    private Map<String, Set<String>> clientNames() {
        Map<String, Set<String>> names = new LinkedHashMap<>();
        NamedLists.parse(clientNames).forEach((policies, texts) -> names.put(policies, parsed(texts)));
        return names;
    }

    private static Set<String> parsed(List<String> texts) {
        Set<String> names = new LinkedHashSet<>();
        for (String text : texts) {
            try {
                names.addAll(CertificateNames.parse(text));
            } catch (IllegalArgumentException wrong) {
                throw new CommandProblem("--client-name " + wrong.getMessage());
            }
        }
        return names;
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
