package io.imagegate.cli.check.report;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes names of files and rules links on a terminal (OSC 8). The names are escaped in the target, too. Immutable. */
public final class FileLinks {

    private static final String START = "\u001b]8;;";
    private static final String END = "\u001b\\";

    private final @Nullable String host;

    private FileLinks(@Nullable String host) {
        this.host = host;
    }

    /** {@return links that are only their texts} */
    public static FileLinks none() {
        return new FileLinks(null);
    }

    /**
     * {@return links that a terminal opens}
     *
     * @param host name of this machine, by which a terminal elsewhere knows that it lacks the file; may be empty
     */
    public static FileLinks on(String host) {
        return new FileLinks(host);
    }

    /** {@return whether texts are links} */
    boolean areShown() {
        return host != null;
    }

    /**
     * {@return a text that leads to a page}
     *
     * @param page the page
     * @param text what is shown, escaped
     */
    String link(URI page, String text) {
        return host == null ? text : START + page.toASCIIString() + END + text + START + END;
    }

    /**
     * {@return a text that leads to a file, if there is one}
     *
     * @param file name of the file as it is
     * @param text what is shown, escaped
     */
    String link(String file, String text) {
        if (host == null || file.isEmpty()) {
            return text;
        }
        try {
            Path path = Path.of(file).toAbsolutePath().normalize();
            return Files.exists(path)
                    ? START + new URI("file", host, path.toString(), null).toASCIIString() + END + text + START + END
                    : text;
        } catch (InvalidPathException | URISyntaxException noLink) {
            return text;
        }
    }
}
