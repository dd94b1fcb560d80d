package io.imagegate.cli.check.report;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * URI references of files for SARIF (RFC 3986): with slashes, and relative for a relative name below the current
 * folder. If the first part of a relative one has a colon, it follows {@code ./}; otherwise it would be a scheme
 * (section 4.2).
 */
public final class FileUri {

    private FileUri() {}

    /** {@return the URI of a file, without the parts {@code .} and {@code ..}; of standard input its name} */
    static String of(String file) {
        try {
            Path path = relative(file);
            if (path.isAbsolute() || path.startsWith("..")) {
                return encoded("file", path.toAbsolutePath().normalize());
            }
            return ofName(path.toString());
        } catch (InvalidPathException noPath) {
            return ofName(file);
        }
    }

    /**
     * {@return the path of a file with slashes, relative if it is below the current folder: code hosts know it by this}
     *
     * @param file name of the file
     */
    public static String path(String file) {
        try {
            return relative(file).toString().replace('\\', '/');
        } catch (InvalidPathException noPath) {
            return file.replace('\\', '/');
        }
    }

    private static Path relative(String file) {
        Path path = Path.of(file).normalize();
        Path current = Path.of("").toAbsolutePath();
        return path.isAbsolute() && path.startsWith(current) && !path.equals(current) ? current.relativize(path) : path;
    }

    private static String encoded(String scheme, Path path) {
        String slashes = path.toString().replace('\\', '/');
        return uri(scheme, slashes.startsWith("/") ? slashes : "/" + slashes);
    }

    /** {@return a relative URI of a name as it is} */
    static String ofName(String name) {
        String slashes = name.replace('\\', '/');
        int colon = slashes.indexOf(':');
        boolean startsLikeScheme = colon >= 0 && !slashes.substring(0, colon).contains("/");
        boolean startsLikeHost = slashes.startsWith("//");
        return uri(null, startsLikeScheme || startsLikeHost ? "./" + slashes : slashes);
    }

    private static String uri(@Nullable String scheme, String path) {
        try {
            // Half a character has no bytes, and becomes a question mark.
            String encodable = new String(path.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
            return new URI(scheme, scheme == null ? null : "", encodable, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("name \"" + path + "\": expected one that fits into a URI", e);
        }
    }
}
