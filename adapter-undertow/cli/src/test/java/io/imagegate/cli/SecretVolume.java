package io.imagegate.cli;

import io.imagegate.server.tls.Identity;
import io.imagegate.server.tls.PemFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/**
 * A folder that changes as the kubelet changes a mounted Secret or ConfigMap: each file is a link into {@code ..data}, which is a link to
 * a folder with one generation of all files, and is replaced in one step.
 */
final class SecretVolume {

    private static final String CERTIFICATES = "webhook.pem";
    private static final String KEY = "webhook-key.pem";
    private static final String CLIENT_AUTHORITIES = "ca.pem";

    private final Path folder;
    private int generations;

    SecretVolume(Path folder) {
        this.folder = folder;
    }

    /** One generation, of which any file may be left out. */
    final class Generation {

        private final Path files;

        private Generation() throws IOException {
            files = Files.createDirectory(folder.resolve("..generation-" + ++generations));
        }

        Generation identity(Identity identity) throws IOException {
            return certificatesOf(identity).keyOf(identity);
        }

        Generation certificatesOf(Identity identity) throws IOException {
            PemFiles.writeCertificates(identity, files.resolve(CERTIFICATES));
            return this;
        }

        Generation keyOf(Identity identity) throws IOException {
            PemFiles.writeKey(identity, files.resolve(KEY));
            return this;
        }

        Generation garbageForCertificates() throws IOException {
            Files.write(files.resolve(CERTIFICATES), "-----BEGIN CERT".getBytes(StandardCharsets.US_ASCII));
            return this;
        }

        /** Those of an identity's chain. */
        Generation clientAuthorities(Identity authorities) throws IOException {
            PemFiles.writeCertificates(authorities, files.resolve(CLIENT_AUTHORITIES));
            return this;
        }

        /** A copy of any file. */
        Generation file(String name, Path content) throws IOException {
            Files.copy(content, files.resolve(name));
            return this;
        }

        /** Takes the place of the generation before, which disappears; links stay once they are there. */
        void publish() throws IOException {
            Path data = folder.resolve("..data");
            Path before = Files.exists(data) ? data.toRealPath() : null;
            Path link = Files.createSymbolicLink(folder.resolve("..data_tmp"), files.getFileName());
            Files.move(link, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            if (before == null) {
                try (Stream<Path> names = Files.list(files)) {
                    for (Path name : names.map(Path::getFileName).toList()) {
                        Files.createSymbolicLink(
                                folder.resolve(name), Path.of("..data").resolve(name));
                    }
                }
            } else {
                delete(before);
            }
        }
    }

    Generation next() throws IOException {
        return new Generation();
    }

    Path folder() {
        return folder;
    }

    Path clientAuthorities() {
        return folder.resolve(CLIENT_AUTHORITIES);
    }

    private static void delete(Path generation) throws IOException {
        try (Stream<Path> files = Files.list(generation)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(generation);
    }
}
