package io.imagegate.cli.plugin;

import io.imagegate.follow.RegularFile;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarFile;

/** The jars of a folder, in the order of their names. */
final class JarFolder {

    /** A folder with more is probably another one. */
    static final int MOST = 100;

    /** In the URL of something in a jar. */
    static final String END_OF_JAR = "!/";

    private JarFolder() {}

    static List<Path> jars(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new PluginProblem(Files.exists(folder) ? "no folder, expected one with jars" : "no such folder");
        }
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path jar : found) {
                jars.add(jar);
                if (jars.size() > MOST) {
                    throw new PluginProblem("more than " + MOST + " jars");
                }
            }
        } catch (IOException unreadable) {
            throw new PluginProblem("cannot be read: " + reason(unreadable));
        } catch (DirectoryIteratorException unreadable) {
            throw new PluginProblem("cannot be read: " + reason(Objects.requireNonNull(unreadable.getCause())));
        }
        if (jars.isEmpty()) {
            throw new PluginProblem("no jar in it, expected at least one file named *.jar");
        }
        Collections.sort(jars);
        jars.forEach(JarFolder::requireJar);
        return jars;
    }

    /** A class loader passes over a file that is no jar, and waits for a pipe. */
    private static void requireJar(Path file) {
        try {
            RegularFile.open(file).close();
            try (JarFile jar = new JarFile(file.toFile())) {
                jar.getManifest();
            }
        } catch (IOException | SecurityException unreadable) {
            throw new PluginProblem(file.getFileName() + " cannot be read as a jar: " + reason(unreadable));
        }
    }

    /** Messages of file systems are often the path alone. */
    private static String reason(Throwable unreadable) {
        if (unreadable instanceof NoSuchFileException) {
            return RegularFile.MISSING;
        }
        if (unreadable instanceof AccessDeniedException) {
            return "permission to read it is denied";
        }
        String why = unreadable instanceof FileSystemException file ? file.getReason() : unreadable.getMessage();
        return why == null ? unreadable.getClass().getSimpleName() : why;
    }

    static URL[] urls(List<Path> jars) {
        URL[] urls = new URL[jars.size()];
        for (int i = 0; i < urls.length; i++) {
            try {
                urls[i] = jars.get(i).toUri().toURL();
                if (urls[i].getPath().contains(END_OF_JAR)) {
                    throw new PluginProblem(
                            "a name in its path ends with \"!\", so a class loader cannot find its jars");
                }
            } catch (MalformedURLException noFile) {
                throw new PluginProblem(jars.get(i).getFileName() + ": " + noFile.getMessage());
            }
        }
        return urls;
    }
}
