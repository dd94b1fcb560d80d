package io.imagegate.webhook;

import java.util.Map;

/**
 * An HTTP answer, to be copied by an adapter. Each answer has a body of its own, so writing to one changes no other.
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

    /** {@return the body, a JSON text in UTF-8; not a copy, but the array of this answer alone} */
    public byte[] body() {
        return body;
    }
}
