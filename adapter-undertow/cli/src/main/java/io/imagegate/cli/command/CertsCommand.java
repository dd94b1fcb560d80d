package io.imagegate.cli.command;

import io.imagegate.cli.option.CommandProblem;
import io.imagegate.server.tls.Authority;
import io.imagegate.server.tls.Host;
import io.imagegate.server.tls.Identity;
import io.imagegate.server.tls.PemFiles;
import io.imagegate.server.tls.TlsFiles;
import io.imagegate.time.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Makes the certificates and keys by which webhook and API server authenticate each other. */
@Command(
        name = "certs",
        description = {
            "Makes the certificates that the webhook and the API server need.",
            "A certificate authority (ca.pem) and from it one certificate for the webhook (webhook.pem) and one for the"
                    + " API server (apiserver-client.pem), each with its key (…-key.pem, mode 0600). The authority's"
                    + " key is needed only to make more certificates: with --ca, or with --force in the authority's"
                    + " folder, it signs new ones for both."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class CertsCommand implements Callable<Integer> {

    private static final String AUTHORITY = "ca";
    private static final String WEBHOOK = "webhook";
    private static final String CLIENT = "apiserver-client";

    /** The authority outlives its certificates, so that renewing them needs no new authority. */
    private static final int AUTHORITY_LIVES_TIMES = 10;

    private static final int LONGEST_DAYS = 3_650;
    private static final String OTHER_FOLDER = "; expected --out to be the folder of --ca, or one without an authority";
    private static final String REPLACES =
            ": already exists; --force replaces certificates and keys, but never those of an authority";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--ca",
            paramLabel = "DIR",
            description = {
                "Renew: sign with the authority in this folder (ca.pem, ca-key.pem) instead of a new one.",
                "Writes the other four files and ca.pem, never ca-key.pem; where --out is this folder, --force is needed,"
                        + " and the authority's two files stay as they are."
            })
    private @Nullable Path authorityFolder;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder for the files; created if missing.")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Option(
            names = "--host",
            arity = "1..*",
            split = ",",
            paramLabel = "NAME",
            converter = HostConverter.class,
            description = {
                "DNS names and IP addresses by which the API server reaches the webhook.",
                "Without it only certificates of clients are made, those of --client-name by an existing authority."
            })
    private List<Host> hosts = new ArrayList<>();

    @Option(
            names = "--client-name",
            split = ",",
            paramLabel = "NAME",
            converter = ClientNameConverter.class,
            description =
                    "Make a certificate for a client of this name, NAME-client.pem and NAME-client-key.pem, in place of"
                            + " that of the API server. Can be repeated: one for each cluster.")
    private List<String> clientNames = new ArrayList<>();

    @Option(
            names = "--days",
            paramLabel = "N",
            description =
                    "Validity of the two certificates (default: ${DEFAULT-VALUE}), at most until the authority expires;"
                            + " a new authority's is ten times that.")
    private int days = 365;

    @Option(
            names = "--force",
            description =
                    "Replace certificates and keys that exist, but never an authority: where ca.pem and ca-key.pem"
                            + " exist, they sign the new ones.")
    private boolean force;

    @Option(
            names = "--new-authority",
            description =
                    "Make a new authority, and replace all files that exist. Clients and servers that know the old"
                            + " authority refuse the new certificates.")
    private boolean newAuthority;

    @Override
    public Integer call() {
        if (days < 1 || days > LONGEST_DAYS) {
            throw new CommandProblem("--days " + days + ": expected 1 to " + LONGEST_DAYS);
        }
        Duration validity = Duration.ofDays(days);
        try {
            Path from = existingAuthority();
            if (hosts.isEmpty() && (from == null || clientNames.isEmpty())) {
                throw new MissingParameterException(
                        spec.commandLine(), List.<ArgSpec>of(spec.findOption("--host")), "");
            }
            if (from == null) {
                create(validity);
            } else {
                renew(from, validity);
            }
        } catch (IOException failed) {
            throw new CommandProblem("--out " + folder + ": cannot be written: " + failed.getMessage());
        }
        return 0;
    }

    /** {@return the folder of the authority that signs; null to make a new one} */
    private @Nullable Path existingAuthority() {
        if (newAuthority) {
            if (authorityFolder != null) {
                throw new CommandProblem("--new-authority: expected no --ca, which names an existing authority");
            }
            return null;
        }
        if (authorityFolder != null || !force) {
            return authorityFolder;
        }
        boolean certificate = exists(certificates(folder, AUTHORITY));
        boolean key = exists(key(folder, AUTHORITY));
        if (certificate != key) {
            throw new CommandProblem((certificate ? key(folder, AUTHORITY) : certificates(folder, AUTHORITY))
                    + ": no such file; expected both files of the authority, which sign new certificates: --ca DIR names"
                    + " their folder, and --new-authority replaces the authority");
        }
        return certificate ? folder : null;
    }

    private void create(Duration validity) throws IOException {
        prepareFolder(true);
        Authority authority = Authority.create(
                "imagegate CA", TimeSource.system().instant(), validity.multipliedBy(AUTHORITY_LIVES_TIMES));
        write(AUTHORITY, authority.identity());
        issue(authority, validity);
    }

    private void renew(Path from, Duration validity) throws IOException {
        Authority authority = Authority.open(
                certificates(from, AUTHORITY),
                key(from, AUTHORITY),
                TimeSource.system().instant());
        prepareFolder(false);
        if (!Files.isSameFile(from, folder)) {
            copyAuthority(authority);
        }
        issue(authority, validity);
    }

    private void copyAuthority(Authority authority) throws IOException {
        Path file = certificates(folder, AUTHORITY);
        if (exists(key(folder, AUTHORITY))) {
            throw new CommandProblem(key(folder, AUTHORITY) + ": the key of another authority" + OTHER_FOLDER);
        }
        if (exists(file)
                && !TlsFiles.certificates(file).equals(authority.identity().chain())) {
            throw new CommandProblem(file + ": another authority" + OTHER_FOLDER);
        }
        checkReplaceable(file);
        PemFiles.writeCertificates(authority.identity(), file);
        out("wrote " + file);
    }

    private void issue(Authority authority, Duration validity) throws IOException {
        if (!hosts.isEmpty()) {
            write(WEBHOOK, authority.server(hosts, validity));
        }
        for (Map.Entry<String, String> client : clients().entrySet()) {
            write(client.getKey(), authority.client(client.getValue(), validity));
        }
    }

    /** {@return the names of clients by those of their files} */
    private Map<String, String> clients() {
        Map<String, String> clients = new LinkedHashMap<>();
        if (clientNames.isEmpty()) {
            clients.put(CLIENT, "kube-apiserver");
        }
        clientNames.forEach(name -> clients.put(name + "-client", name));
        return clients;
    }

    private void prepareFolder(boolean withAuthority) throws IOException {
        Files.createDirectories(folder);
        List<String> names = new ArrayList<>(withAuthority ? List.of(AUTHORITY) : List.of());
        if (!hosts.isEmpty()) {
            names.add(WEBHOOK);
        }
        names.addAll(clients().keySet());
        for (String name : names) {
            checkReplaceable(certificates(folder, name));
            checkReplaceable(key(folder, name));
        }
    }

    private void checkReplaceable(Path file) {
        if (!force && !newAuthority && exists(file)) {
            throw new CommandProblem(file + REPLACES);
        }
    }

    private static boolean exists(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    private void write(String name, Identity identity) throws IOException {
        PemFiles.writeCertificates(identity, certificates(folder, name));
        PemFiles.writeKey(identity, key(folder, name));
        out("wrote " + certificates(folder, name) + " and " + key(folder, name));
    }

    private void out(String line) {
        spec.commandLine().getOut().println(line);
    }

    private static Path certificates(Path in, String name) {
        return in.resolve(name + ".pem");
    }

    private static Path key(Path in, String name) {
        return in.resolve(name + "-key.pem");
    }

    /** Converts one {@code --host}. */
    static final class HostConverter implements ITypeConverter<Host> {

        @Override
        public Host convert(String text) {
            try {
                return Host.parse(text);
            } catch (IllegalArgumentException wrong) {
                throw new TypeConversionException(String.valueOf(wrong.getMessage()));
            }
        }
    }

    /** Converts one {@code --client-name}, which is a part of names of files. */
    static final class ClientNameConverter implements ITypeConverter<String> {

        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

        @Override
        public String convert(String text) {
            if (!NAME.matcher(text).matches()) {
                throw new TypeConversionException(
                        "\"" + text + "\": expected at most 64 letters, digits, dots, hyphens and underscores");
            }
            return text;
        }
    }
}
