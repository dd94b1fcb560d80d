package io.imagegate.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/** The built jar as it would be of another version. */
final class OtherVersion {

    private OtherVersion() {}

    /** Writes it into a folder. */
    static Path write(Path folder, String version) throws IOException {
        Path jar =
                Files.copy(Path.of(Program.setting("imagegate.jar")), folder.resolve("imagegate-" + version + ".jar"));
        try (FileSystem files = FileSystems.newFileSystem(jar)) {
            Path file = files.getPath("META-INF", "MANIFEST.MF");
            Manifest manifest;
            try (InputStream in = Files.newInputStream(file)) {
                manifest = new Manifest(in);
            }
            manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
            try (OutputStream out = Files.newOutputStream(file)) {
                manifest.write(out);
            }
        }
        return jar;
    }

    /** A command line with this jar in place of the built one. */
    static List<String> instead(List<String> command, Path jar) {
        return command.stream()
                .map(part -> part.replace(Program.setting("imagegate.jar"), jar.toString()))
                .toList();
    }
}
