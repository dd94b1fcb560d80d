package io.imagegate.console;

import java.util.Map;

/**
 * Answers requests for the console and the playground. Web servers give it each request and copy its answer, so that the
 * rules are the same behind all of them. Thread-safe; never throws.
 */
public final class WebPages implements AutoCloseable {

    WebPages(WebPagesBuilder from) {}

    /** {@return a builder} */
    public static WebPagesBuilder builder() {
        return new WebPagesBuilder();
    }

    /**
     * Returns how many bytes of a request's body to read. A web server reads one byte more at most.
     *
     * @param head the request, whose body is empty
     * @return the limit; 0 if no body is read
     */
    public int bodyLimit(PageRequest head) {
        return 0;
    }

    /**
     * Answers a request.
     *
     * @param request the request
     * @return the answer
     */
    public PageAnswer answer(PageRequest request) {
        return new PageAnswer(404, Map.of(), new byte[0], null);
    }

    /** Ends all streams of events. */
    @Override
    public void close() {}
}
