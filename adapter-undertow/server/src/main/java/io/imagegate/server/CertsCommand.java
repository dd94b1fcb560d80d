package io.imagegate.server;

import io.imagegate.server.tls.Authority;
import io.imagegate.server.tls.Host;
import io.imagegate.server.tls.Identity;
import io.imagegate.server.tls.PemFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Makes the files that the webhook and the API server need to trust each other. */
@Command(
        name = "certs",
        description = {
            "Makes the certificates that webhook and API server need.",
            "A certificate authority (ca.pem) and from it one certificate for the webhook (webhook.pem) and one for the"
                    + " API server (apiserver-client.pem), each with its key (…-key.pem, mode 0600). The authority's"
                    + " key is needed only to make more certificates."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false)
final class CertsCommand implements Callable<Integer> {

    private static final String AUTHORITY = "ca";
    private static final String WEBHOOK = "webhook";
    private static final String CLIENT = "apiserver-client";

    /** The authority outlives what it issues, so that a new certificate does not need a new authority everywhere. */
    private static final int AUTHORITY_LIVES_TIMES = 10;

    private static final int LONGEST_DAYS = 3_650;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder for the files; made if missing.")
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Option(
            names = "--host",
            required = true,
            arity = "1..*",
            split = ",",
            paramLabel = "NAME",
            converter = HostConverter.class,
            description = "DNS names and IP addresses by which the API server reaches the webhook.")
    private List<Host> hosts = new ArrayList<>();

    @Option(
            names = "--days",
            paramLabel = "N",
            description =
                    "Validity of the two certificates (default: ${DEFAULT-VALUE}); the authority's is ten times that.")
    private int days = 365;

    @Option(names = "--force", description = "Replace files that exist.")
    private boolean force;

    @Override
    public Integer call() {
        if (days < 1 || days > LONGEST_DAYS) {
            throw new CommandProblem("--days " + days + ": expected 1 to " + LONGEST_DAYS);
        }
        Duration validity = Duration.ofDays(days);
        try {
            makeRoom();
            Authority authority =
                    Authority.create("imagegate CA", Instant.now(), validity.multipliedBy(AUTHORITY_LIVES_TIMES));
            write(AUTHORITY, authority.identity());
            write(WEBHOOK, authority.server(hosts, validity));
            write(CLIENT, authority.client("kube-apiserver", validity));
        } catch (IOException failed) {
            throw new CommandProblem("--out " + folder + ": cannot be written: " + failed.getMessage());
        }
        return 0;
    }

    private void makeRoom() throws IOException {
        Files.createDirectories(folder);
        for (String name : List.of(AUTHORITY, WEBHOOK, CLIENT)) {
            for (Path file : List.of(certificates(name), key(name))) {
                if (!force && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                    throw new CommandProblem(file + ": exists already; --force replaces all six files");
                }
            }
        }
    }

    private void write(String name, Identity identity) throws IOException {
        Files.deleteIfExists(certificates(name));
        Files.deleteIfExists(key(name));
        PemFiles.writeCertificates(identity, certificates(name));
        PemFiles.writeKey(identity, key(name));
        spec.commandLine().getOut().println("wrote " + certificates(name) + " and " + key(name));
    }

    private Path certificates(String name) {
        return folder.resolve(name + ".pem");
    }

    private Path key(String name) {
        return folder.resolve(name + "-key.pem");
    }

    /** Reads one {@code --host}. */
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
}
