package io.imagegate.war;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * Probes: {@code /livez} succeeds while the application runs, {@code /readyz} and {@code /healthz} if policies of
 * every name are loaded.
 */
public final class HealthServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** Made by the container. */
    public HealthServlet() {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String missing = request.getServletPath().equals("/livez")
                ? ""
                : PolicyLoader.gate(getServletContext()).states().stream()
                        .filter(state -> !state.isReady())
                        .map(state ->
                                "no policy is loaded" + ApplicationGate.suffix(state) + "; everything is denied\n")
                        .collect(Collectors.joining());
        response.setStatus(missing.isEmpty() ? 200 : 503);
        response.setContentType("text/plain; charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        String text = missing.isEmpty() ? "ok\n" : missing;
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }
}
