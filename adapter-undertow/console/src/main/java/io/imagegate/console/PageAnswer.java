package io.imagegate.console;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answer to a request for a page. A web server copies the status, all headers and the body, and adds only
 * {@code Content-Length} and {@code Date}. It writes no body to {@code HEAD}.
 */
public final class PageAnswer {

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;
    private final @Nullable EventStream events;

    PageAnswer(int status, Map<String, String> headers, byte[] body, @Nullable EventStream events) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.events = events;
    }

    /** {@return the status} */
    public int status() {
        return status;
    }

    /** {@return the headers; unmodifiable} */
    public Map<String, String> headers() {
        return headers;
    }

    /** {@return the body, not to be changed; empty before {@link #events}} */
    public byte[] body() {
        return body;
    }

    /** {@return the events that follow the headers, for as long as the browser listens; the web server closes them} */
    public Optional<EventStream> events() {
        return Optional.ofNullable(events);
    }
}
