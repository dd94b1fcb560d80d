package io.imagegate.cli.command;

import io.imagegate.cli.option.CommandProblem;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.server.tls.Authority;
import io.imagegate.server.tls.Host;
import io.imagegate.server.tls.Identity;
import io.imagegate.server.tls.PemFiles;
import io.imagegate.text.SafeText;
import io.imagegate.text.ShownText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A new folder from which kind creates a cluster: its configuration, a static pod, and a folder each for what Imagegate
 * and the API server read. Only its owner can enter it, because one of the keys in it can be read by everybody who can:
 * in the node, Imagegate is no user of the host.
 */
final class KindFolder {

    /** The image that the static pod names. */
    static final String IMAGE = "registry.example/imagegate:0.1.0";

    /** The policy that is written. */
    static final String POLICY = "builtin:fixed-tags";

    /** The configuration of the cluster. */
    static final String CLUSTER = "cluster.yaml";

    /** As long as kubeadm's certificates of the same cluster. */
    private static final Duration VALIDITY = Duration.ofDays(365);

    /** Characters of a name in a message. */
    private static final int SHOWN = 80;

    private static final List<Host> HOSTS = List.of(Host.parse("127.0.0.1"), Host.parse("localhost"));

    private final Path folder;

    private KindFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes the folder. If that fails, nothing is left of it.
     *
     * @param name as it was typed
     * @param image the image of the static pod, a valid reference
     * @param now when the certificates are made
     * @throws CommandProblem when there is something of that name, kind could not mount it, or it cannot be written
     */
    static void create(Path name, String image, Instant now) {
        Path folder = name.toAbsolutePath().normalize();
        checkMountable(name, folder);
        try {
            createAt(folder, image, now);
        } catch (FileAlreadyExistsException taken) {
            throw new CommandProblem("--kind " + ShownText.escape(name.toString()) + ": "
                    + (folder.toString().equals(taken.getFile()) ? "" : taken.getFile() + " ")
                    + "exists already, and nothing was written; expected the name of a new folder");
        } catch (IOException failed) {
            throw new CommandProblem(
                    "--kind " + ShownText.escape(name.toString()) + ": cannot be written: " + reason(failed));
        }
    }

    /** Docker and podman get the mounts as {@code folder:folder}, and a control character does strange things to a terminal. */
    private static void checkMountable(Path name, Path folder) {
        for (Path part : folder) {
            if (part.toString().chars().anyMatch(c -> c == ':' || Character.isISOControl(c))) {
                throw new CommandProblem("--kind " + ShownText.escape(name.toString()) + ": "
                        + SafeText.quote(part.toString(), SHOWN)
                        + " has a colon or a control character; expected a path that Docker and podman can mount");
            }
        }
    }

    private static String reason(IOException failed) {
        return failed instanceof AccessDeniedException denied
                ? denied.getFile() + ": permission denied"
                : String.valueOf(failed.getMessage());
    }

    private static void createAt(Path folder, String image, Instant now) throws IOException {
        Files.createDirectories(Objects.requireNonNullElse(folder.getParent(), folder));
        Files.createDirectory(folder);
        KindFolder created = new KindFolder(folder);
        try {
            created.setMode(folder, "rwx------");
            created.fill(image, Authority.create("imagegate quickstart", now, VALIDITY));
        } catch (IOException | RuntimeException failed) {
            created.delete();
            throw failed;
        }
    }

    private void fill(String image, Authority authority) throws IOException {
        Path webhook = Files.createDirectory(folder.resolve("imagegate"));
        write(webhook.resolve("policy.yaml"), PolicyDocuments.builtin(POLICY));
        writeIdentity(webhook, "webhook", authority, authority.server(HOSTS, VALIDITY));
        allowEverybodyToRead(webhook);

        Path apiServer = Files.createDirectory(folder.resolve("kubernetes"));
        write(apiServer.resolve("admission.yaml"), resource("kubeadm/admission.yaml"));
        write(apiServer.resolve("webhook.kubeconfig"), resource("kubeadm/webhook.kubeconfig"));
        writeIdentity(apiServer, "apiserver-client", authority, authority.client("kube-apiserver", VALIDITY));

        write(
                folder.resolve("imagegate.yaml"),
                resource("kubeadm/imagegate.yaml").replace(IMAGE, image));
        write(folder.resolve(CLUSTER), resource("kind/cluster.yaml"));
    }

    /** The authority's own key is written nowhere: a new cluster gets a new authority. */
    private static void writeIdentity(Path to, String name, Authority authority, Identity identity) throws IOException {
        PemFiles.writeCertificates(authority.identity(), to.resolve("ca.pem"));
        PemFiles.writeCertificates(identity, to.resolve(name + ".pem"));
        PemFiles.writeKey(identity, to.resolve(name + "-key.pem"));
    }

    private void allowEverybodyToRead(Path part) throws IOException {
        setMode(part, "rwxr-xr-x");
        try (Stream<Path> files = Files.list(part)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                setMode(file, "rw-r--r--");
            }
        }
    }

    private void setMode(Path file, String mode) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(KindFolder.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void delete() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
