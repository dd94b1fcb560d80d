package io.imagegate.war;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

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
        List<String> obstacles = request.getServletPath().equals("/livez")
                ? List.of()
                : PolicyLoader.gate(getServletContext()).obstacles();
        response.setStatus(obstacles.isEmpty() ? 200 : 503);
        response.setContentType("text/plain; charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        String text = obstacles.isEmpty() ? "ok" : String.join("\n", obstacles);
        response.getOutputStream().write((text + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
