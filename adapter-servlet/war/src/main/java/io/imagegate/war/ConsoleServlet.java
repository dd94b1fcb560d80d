package io.imagegate.war;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.console.EventStream;
import io.imagegate.console.PageAnswer;
import io.imagegate.console.PageRequest;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Serves the console. The rules of its pages stand in {@link io.imagegate.console.WebPages}; who may see them, in
 * {@link ApplicationConsole}. No page has a playground, so no request has a body. Thread-safe.
 */
public final class ConsoleServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final byte[] NO_BODY = {};

    private static final byte[] FORBIDDEN =
            ("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                            + "\"message\":\"This page is for clients on the machine of the server alone. To show it to others, set "
                            + ApplicationConsole.NAMES + " to the host names by which browsers ask for it\","
                            + "\"reason\":\"Forbidden\",\"code\":403}")
                    .getBytes(UTF_8);
    private static final byte[] NOT_ASYNCHRONOUS =
            "{\"error\":\"a filter of the container does not support asynchronous requests\"}".getBytes(UTF_8);

    private transient @Nullable PageStreams streams;

    /** Made by the container. */
    public ConsoleServlet() {}

    @Override
    public void init() {
        streams = new PageStreams();
    }

    /** Ends all streams, and waits for the thread that wrote them. */
    @Override
    public void destroy() {
        if (streams != null) {
            streams.close();
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String path = path(request);
        // The container takes other spellings of the root for it, too.
        boolean isOfPages = path.startsWith("/api/") || path.startsWith("/assets/");
        if (!isOfPages && !request.getMethod().equals("GET") && !isHead(request)) {
            getServletContext().getNamedDispatcher("webhook").forward(request, response);
            return;
        }
        ApplicationConsole console = PolicyLoader.console(getServletContext());
        if (!console.admits(request)) {
            refuse(request, response, 403, FORBIDDEN);
            return;
        }
        PageAnswer answer =
                console.answer(new PageRequest(request.getMethod(), path, name -> header(request, name), NO_BODY));
        EventStream events = answer.events().orElse(null);
        if (events != null && !request.isAsyncSupported()) {
            events.close();
            refuse(request, response, 503, NOT_ASYNCHRONOUS);
            return;
        }
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        if (events == null) {
            send(request, response, answer.body());
        } else {
            AsyncContext async = request.startAsync(request, response);
            async.setTimeout(0);
            Objects.requireNonNull(streams).open(async, events);
        }
    }

    /** {@return the path within the context as the client wrote it} */
    private static String path(HttpServletRequest request) {
        return request.getRequestURI().substring(request.getContextPath().length());
    }

    /** {@return the values of a header; with HTTP/2 the authority stands for Host} */
    private static @Nullable String header(HttpServletRequest request, String name) {
        Enumeration<String> values = request.getHeaders(name);
        if (values != null && values.hasMoreElements()) {
            return String.join(",", Collections.list(values));
        }
        return name.equals("Host") && request.getProtocol().startsWith("HTTP/2")
                ? request.getServerName() + ":" + request.getServerPort()
                : null;
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, int status, byte[] body)
            throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        send(request, response, body);
    }

    private static void send(HttpServletRequest request, HttpServletResponse response, byte[] body) throws IOException {
        response.setContentLength(body.length);
        if (!isHead(request)) {
            response.getOutputStream().write(body);
        }
    }

    private static boolean isHead(HttpServletRequest request) {
        return request.getMethod().equals("HEAD");
    }
}
