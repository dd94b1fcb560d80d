package io.imagegate.server.report;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * File names as SARIF wants them: URI references (RFC 3986), with slashes, relative where the name is. The first part of
 * a relative one with a colon follows {@code ./}, for it would be read as a scheme (section 4.2).
 */
final class FileUri {

    private FileUri() {}

    static String relative(String file) {
        String slashes = file.replace('\\', '/');
        int colon = slashes.indexOf(':');
        boolean startsLikeScheme = colon >= 0 && !slashes.substring(0, colon).contains("/");
        String path = startsLikeScheme ? "./" + slashes : slashes;
        try {
            return new URI(null, null, path, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("file name \"" + file + "\": expected one that fits into a URI", e);
        }
    }
}
