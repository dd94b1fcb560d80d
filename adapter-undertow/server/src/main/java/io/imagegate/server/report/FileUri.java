package io.imagegate.server.report;

import java.net.URI;
import java.net.URISyntaxException;

/** File names as SARIF wants them: URI references (RFC 3986), with slashes, relative where the name is. */
final class FileUri {

    private FileUri() {}

    static String relative(String file) {
        String path = file.replace('\\', '/');
        try {
            return new URI(null, null, path, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("file name \"" + file + "\": expected one that fits into a URI", e);
        }
    }
}
