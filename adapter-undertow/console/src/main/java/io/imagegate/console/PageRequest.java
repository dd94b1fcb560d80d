package io.imagegate.console;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Request for a page, as a web server received it.
 *
 * @param method the method, such as {@code GET}
 * @param path the path below the context path, not decoded, without the query; it begins with {@code /}
 * @param headers the value of a header by its name, in any case; null if there is none. Several values are joined with a
 *     comma. With HTTP/2 {@code Host} is the authority
 * @param body the body; empty if it was not read, and at least one byte longer than the limit if it is too long
 */
public record PageRequest(String method, String path, UnaryOperator<@Nullable String> headers, byte[] body) {

    @Nullable
    String header(String name) {
        return headers.apply(name);
    }
}
