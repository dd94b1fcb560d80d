package io.imagegate.war;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Probes: {@code /livez} succeeds while the application runs, {@code /readyz} and {@code /healthz} if policies are
 * loaded.
 */
public final class HealthServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** Made by the container. */
    public HealthServlet() {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean healthy = request.getServletPath().equals("/livez")
                || PolicyLoader.gate(getServletContext()).gate().state().isReady();
        response.setStatus(healthy ? 200 : 503);
        response.setContentType("text/plain; charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        String text = healthy ? "ok\n" : "no policy is loaded; everything is denied\n";
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }
}
