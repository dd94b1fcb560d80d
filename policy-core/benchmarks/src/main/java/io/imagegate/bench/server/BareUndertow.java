package io.imagegate.bench.server;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * {@link ConstantServer}, started as the image starts Imagegate: the same Java, flags and cryptography, an archive of its own, and more
 * memory for buffers.
 */
final class BareUndertow {

    static final String NAME = "bare Undertow, constant answer";

    /** With the image's 16 MiB Undertow runs out of buffers over HTTP/2, which Imagegate limits by itself. */
    private static final String ENOUGH_FOR_BUFFERS = "-XX:MaxDirectMemorySize=64m";

    private final Imagegate imagegate;
    private final Path folder;
    private final Load training;

    BareUndertow(Imagegate imagegate, Path folder, Load training) {
        this.imagegate = imagegate;
        this.folder = folder.toAbsolutePath();
        this.training = training;
    }

    /** Trains its archive as the image's is, by as many reviews and handshakes. */
    Contestant on(String java) throws IOException, InterruptedException {
        Path jar = jar();
        Path archive = folder.resolve("constant.archive");
        Files.deleteIfExists(archive);
        try (Contestant.Running server =
                started(java, jar, Imagegate.outputFlag(java) + archive).start(folder.resolve("servers.log"))) {
            training.train(server, Imagegate.TRAINING_REVIEWS);
            server.end();
        }
        if (!Files.exists(archive)) {
            throw new IOException(archive + " was not written, see " + folder.resolve("servers.log"));
        }
        return started(java, jar, Imagegate.archiveFlag(java) + archive);
    }

    private Contestant started(String java, Path jar, String archive) throws IOException, InterruptedException {
        Imagegate.Likeness image = imagegate.likeness(java);
        List<String> words = new ArrayList<>(List.of(image.java()));
        words.addAll(image.flags());
        words.addAll(List.of(
                ENOUGH_FOR_BUFFERS,
                archive,
                "-cp",
                jar + File.pathSeparator + image.classPath(),
                ConstantServer.class.getName()));
        return new Contestant(
                NAME,
                port -> {
                    List<String> command = new ArrayList<>(words);
                    command.addAll(List.of(
                            Integer.toString(port),
                            imagegate.certificate().toString(),
                            imagegate.key().toString()));
                    return command;
                },
                imagegate.environment(),
                false);
    }

    /** An archive holds classes of jars only. */
    private Path jar() throws IOException {
        String name = ConstantServer.class.getName().replace('.', '/') + ".class";
        Path jar = folder.resolve("constant.jar");
        try (InputStream in = Objects.requireNonNull(ConstantServer.class.getResourceAsStream("/" + name), name);
                OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            entries.putNextEntry(new JarEntry(name));
            in.transferTo(entries);
        }
        return jar;
    }
}
