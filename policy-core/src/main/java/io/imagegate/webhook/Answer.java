package io.imagegate.webhook;

import java.util.Map;

/**
 * An HTTP answer, to be copied by an adapter. Immutable as long as nobody writes to its body.
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

    /** {@return the headers to send, {@code Content-Type} among them; unmodifiable} */
    public Map<String, String> headers() {
        return headers;
    }

    /** {@return the body, a JSON text in UTF-8; not a copy: to be sent, never to be written to} */
    public byte[] body() {
        return body;
    }
}
