package io.imagegate.war;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Leads browsers from the context path without a slash, such as {@code /imagegate}, to the console. Containers do that themselves
 * only where no servlet answers all paths. Thread-safe.
 */
public final class RootRedirect extends HttpFilter {

    private static final long serialVersionUID = 1L;

    /** Made by the container. */
    public RootRedirect() {}

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        // The path of the deployment, not as the client wrote it: // would lead to another host.
        String root = getServletContext().getContextPath();
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        if (reads && !root.isEmpty() && request.getRequestURI().equals(root)) {
            response.setStatus(HttpServletResponse.SC_FOUND);
            response.setHeader("Location", root + "/");
        } else {
            chain.doFilter(request, response);
        }
    }
}
