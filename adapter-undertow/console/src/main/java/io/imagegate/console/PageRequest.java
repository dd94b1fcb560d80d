package io.imagegate.console;

import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
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
@SuppressWarnings("ArrayRecordComponent") // never compared
public record PageRequest(String method, String path, UnaryOperator<@Nullable String> headers, byte[] body) {

    private static final String SCRIPTS = "/api/";

    /** Perhaps with parameters, and before these the spaces and tabs that HTTP allows. */
    private static final Pattern JSON = Pattern.compile(PageAnswers.JSON + "[ \t]*(;.*)?", Pattern.CASE_INSENSITIVE);

    @Nullable
    String header(String name) {
        return headers.apply(name);
    }

    /** {@return whether only scripts of pages ask for this path} */
    boolean isOfScript() {
        return path.startsWith(SCRIPTS);
    }

    boolean isPost() {
        return method.equals("POST");
    }

    /**
     * {@return whether a page of another origin sends this} Browsers name the origin of each POST and of requests that another
     * origin may not read, and newer ones say of every request where it is from.
     */
    boolean isFromOtherOrigin() {
        String site = header("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return true;
        }
        String origin = header("Origin");
        String host = header("Host");
        return origin == null
                ? isPost()
                : !origin.equalsIgnoreCase("http://" + host) && !origin.equalsIgnoreCase("https://" + host);
    }

    boolean hasJson() {
        String type = header("Content-Type");
        return type != null && JSON.matcher(type).matches();
    }

    /** {@return the length of the body, or that which was announced if it is longer} */
    long bodyLength() {
        String announced = header("Content-Length");
        boolean number = announced != null && announced.matches("[0-9]{1,18}");
        return number ? Math.max(body.length, Long.parseLong(announced)) : body.length;
    }
}
