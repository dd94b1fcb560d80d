package io.imagegate.console;

import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests for the console and the playground. Web servers give it each request and copy its answer, so that the
 * rules are the same behind all of them. Thread-safe; never throws.
 */
public final class WebPages implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(WebPages.class.getName());

    /** A policy file and what it is asked, of 4 MiB each. */
    private static final int LONGEST_QUESTION = 8 << 20;

    private static final String ASSETS = "/assets/";
    private static final String DECISIONS = "/api/decisions";

    private final HostNames hosts;
    private final WebFiles files;
    private final @Nullable Replica replica;
    private final EventStreams streams = new EventStreams();
    private final Map<String, Endpoint> endpoints = new HashMap<>();

    /** What answers at a path, to which methods, and the longest body that it takes. */
    private record Endpoint(List<String> methods, int longestBody, Function<PageRequest, PageAnswer> handler) {

        static final Endpoint NONE =
                new Endpoint(List.of(), 0, request -> PageAnswers.problem(request, 404, "there is no such page"));

        static Endpoint get(Function<PageRequest, PageAnswer> handler) {
            return new Endpoint(List.of("GET", "HEAD"), 0, handler);
        }

        static Endpoint post(int longestBody, Function<PageRequest, PageAnswer> handler) {
            return new Endpoint(List.of("POST"), longestBody, handler);
        }
    }

    WebPages(WebPagesBuilder from) {
        hosts = new HostNames(from.hosts, from.setBy);
        files = from.files;
        replica = from.replica;
        if (from.judge != null) {
            UnaryOperator<byte[]> judge = from.judge;
            endpoints.put("/", Endpoint.get(request -> PageAnswers.redirect("playground")));
            endpoints.put("/playground", page("playground.html"));
            endpoints.put("/api/inputs", Endpoint.get(request -> PageAnswers.json(Playground.inputs())));
            endpoints.put("/api/judge", Endpoint.post(LONGEST_QUESTION, request -> judged(judge, request)));
        }
        if (from.replica != null) {
            Replica shown = from.replica;
            boolean hasPlayground = from.judge != null;
            endpoints.put("/", page("console.html"));
            endpoints.put("/api/state", Endpoint.get(request -> PageAnswers.json(shown.state(hasPlayground))));
            endpoints.put(DECISIONS, Endpoint.get(request -> events(shown, request)));
        }
    }

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
        Endpoint endpoint = endpoints.getOrDefault(head.path(), Endpoint.NONE);
        return refusal(head, endpoint).isPresent() ? 0 : endpoint.longestBody;
    }

    /**
     * Answers a request.
     *
     * @param request the request
     * @return the answer
     */
    public PageAnswer answer(PageRequest request) {
        try {
            Endpoint endpoint = endpoint(request.path());
            return refusal(request, endpoint).orElseGet(() -> endpoint.handler.apply(request));
        } catch (RuntimeException | StackOverflowError e) {
            LOG.log(Level.ERROR, "a page failed", e);
            return PageAnswers.problem(request, 500, "the page failed; the log of the server says why");
        }
    }

    /** Paths are compared as they are sent: one that is encoded, or has dots, is none of these. */
    private Endpoint endpoint(String path) {
        if (path.startsWith(ASSETS)) {
            return files.find(path.substring(1))
                    .map(file -> Endpoint.get(file::answer))
                    .orElse(Endpoint.NONE);
        }
        if (path.startsWith(DECISIONS + "/") && replica != null) {
            return replica.decision(path.substring(DECISIONS.length() + 1))
                    .map(decision -> Endpoint.get(request -> PageAnswers.json(decision)))
                    .orElse(Endpoint.NONE);
        }
        return endpoints.getOrDefault(path, Endpoint.NONE);
    }

    /** {@return the answer to a request that is not handled, by what stands before its body and the length of that} */
    private Optional<PageAnswer> refusal(PageRequest request, Endpoint endpoint) {
        Optional<String> stranger = hosts.refusalText(request.header("Host"));
        if (stranger.isPresent()) {
            return Optional.of(PageAnswers.problem(request, 421, stranger.get()));
        }
        if (!endpoint.methods.isEmpty() && !endpoint.methods.contains(request.method())) {
            return Optional.of(PageAnswers.methodNotAllowed(request, String.join(", ", endpoint.methods)));
        }
        if (request.isOfScript() && request.isFromOtherOrigin()) {
            return Optional.of(PageAnswers.problem(request, 403, "expected a request from a page of this server"));
        }
        if (endpoint.longestBody > 0 && !request.hasJson()) {
            return Optional.of(PageAnswers.problem(request, 415, "expected Content-Type: " + PageAnswers.JSON));
        }
        if (endpoint.longestBody > 0 && request.bodyLength() > endpoint.longestBody) {
            return Optional.of(PageAnswers.problem(
                    request, 413, "the request is too long, expected " + endpoint.longestBody + " bytes at most"));
        }
        return Optional.empty();
    }

    private Endpoint page(String name) {
        return Endpoint.get(request -> files.find(name)
                .orElseThrow(() -> new IllegalStateException(name + " is not in this build"))
                .answer(request));
    }

    private static PageAnswer judged(UnaryOperator<byte[]> judge, PageRequest request) {
        try {
            return PageAnswers.json(judge.apply(request.body()));
        } catch (IllegalArgumentException noQuestion) {
            return PageAnswers.problem(request, 400, String.valueOf(noQuestion.getMessage()));
        }
    }

    private PageAnswer events(Replica shown, PageRequest request) {
        boolean head = request.method().equals("HEAD");
        return PageAnswers.events(head ? null : shown.events(streams, request.header("Last-Event-ID")));
    }

    /** Ends all streams of events. */
    @Override
    public void close() {
        streams.close();
    }
}
