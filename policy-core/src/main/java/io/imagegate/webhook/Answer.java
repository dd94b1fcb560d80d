package io.imagegate.webhook;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * HTTP answer for an adapter to send. Each answer has its own body array.
 *
 * @since 0.1
 */
public final class Answer {

    private static final String JSON = "application/json";
    private static final Map<String, String> HEADERS = Map.of("Content-Type", JSON);

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    private Answer(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    static Answer json(int status, byte[] body) {
        return new Answer(status, HEADERS, body);
    }

    static Answer json(int status, byte[] body, String header, String value) {
        return new Answer(status, Map.of("Content-Type", JSON, header, value), body);
    }

    /** {@return the HTTP status code} */
    public int status() {
        return status;
    }

    /** {@return the headers to send, including {@code Content-Type}; unmodifiable} */
    public Map<String, String> headers() {
        return headers;
    }

    /** {@return the body, JSON in UTF-8; not a copy, but not shared with other answers} */
    public byte[] body() {
        return body;
    }

    /** {@return status, headers and body} */
    @Override
    public String toString() {
        return "Answer[status=" + status + ", headers=" + headers + ", body=" + new String(body, StandardCharsets.UTF_8)
                + "]";
    }
}
