package io.imagegate.war;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Serves the status page for GET and HEAD. The webhook answers other methods. */
public final class StatusServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** Made by the container. */
    public StatusServlet() {}

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (request.getMethod().equals("GET") || request.getMethod().equals("HEAD")) {
            super.service(request, response);
        } else {
            getServletContext().getNamedDispatcher("webhook").forward(request, response);
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/html; charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
        response.setHeader("X-Content-Type-Options", "nosniff");
        String page = StatusPage.of(PolicyLoader.gate(getServletContext()));
        response.getOutputStream().write(page.getBytes(StandardCharsets.UTF_8));
    }
}
