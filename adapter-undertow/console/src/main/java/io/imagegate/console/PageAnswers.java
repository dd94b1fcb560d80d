package io.imagegate.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes answers with the headers that all of them have. */
final class PageAnswers {

    /** For pages, and all that changes. */
    static final String NOT_KEPT = "no-store";

    static final String JSON = "application/json";

    /** Nothing from outside, nothing inline, and nobody may frame a page or keep a handle of its window. */
    private static final Map<String, String> ALWAYS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Permissions-Policy",
            "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(),"
                    + " microphone=(), midi=(), payment=(), usb=()");

    private PageAnswers() {}

    static PageAnswer of(int status, Map<String, String> headers, byte[] body) {
        return new PageAnswer(status, all(headers), body, null);
    }

    static PageAnswer json(byte[] body) {
        return of(200, Map.of("Content-Type", JSON, "Cache-Control", NOT_KEPT), body);
    }

    /** {@return an answer that says what is wrong: to the script of a page in JSON, else as text} */
    static PageAnswer problem(PageRequest request, int status, String sentence) {
        return problem(request, status, sentence, Map.of("Cache-Control", NOT_KEPT));
    }

    static PageAnswer methodNotAllowed(PageRequest request, String methods) {
        Map<String, String> headers = Map.of("Cache-Control", NOT_KEPT, "Allow", methods);
        return problem(request, 405, "method not allowed, expected " + methods, headers);
    }

    private static PageAnswer problem(PageRequest request, int status, String sentence, Map<String, String> further) {
        boolean script = request.isOfScript();
        Map<String, String> headers = new TreeMap<>(further);
        headers.put("Content-Type", script ? JSON : "text/plain; charset=utf-8");
        byte[] body =
                script ? Json.bytes(json -> Json.text(json, "error", sentence)) : (sentence + "\n").getBytes(UTF_8);
        return of(status, headers, body);
    }

    static PageAnswer redirect(String to) {
        return of(302, Map.of("Location", to, "Cache-Control", NOT_KEPT), new byte[0]);
    }

    static PageAnswer events(@Nullable EventStream events) {
        Map<String, String> headers = all(Map.of("Content-Type", "text/event-stream", "Cache-Control", NOT_KEPT));
        return new PageAnswer(200, headers, new byte[0], events);
    }

    private static Map<String, String> all(Map<String, String> own) {
        Map<String, String> headers = new TreeMap<>(ALWAYS);
        headers.putAll(own);
        return Collections.unmodifiableMap(headers);
    }
}
