package io.imagegate.servlet;

import io.imagegate.webhook.Answer;
import io.imagegate.webhook.PolicyWebhook;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@link PolicyWebhook} into a servlet container:
 * {@code context.addServlet("imagegate", new PolicyWebhookServlet(webhook)).addMapping("/*")}. Named in a
 * {@code web.xml} it takes the webhook from the context attribute {@link #WEBHOOK_ATTRIBUTE}.
 *
 * <p>The webhook's paths are seen from the context, wherever that is and whatever the servlet is mapped to. A body
 * costs memory only as it arrives, whatever its {@code Content-Length} announces, and never more than the webhook's
 * limit. Requests may be asynchronous by the doing of a filter, if the servlet is registered as supporting that; the
 * servlet itself reads, decides and writes on the thread that it is called on. Safe for any number of threads.
 *
 * @since 0.1
 */
public final class PolicyWebhookServlet extends HttpServlet {

    /** Name of the context attribute from which a servlet made without a webhook takes it when it is initialised. */
    public static final String WEBHOOK_ATTRIBUTE = "io.imagegate.webhook.PolicyWebhook";

    private static final long serialVersionUID = 1L;

    /** What a client may send in all and be let finish, for many read no answer before they have; then it is cut off. */
    private static final long DRAINED_BYTES = 64L << 20;

    private transient @Nullable PolicyWebhook webhook;

    /** A servlet that asks the webhook of its context. */
    public PolicyWebhookServlet() {}

    /**
     * A servlet that asks this webhook.
     *
     * @param webhook answers every request
     */
    public PolicyWebhookServlet(PolicyWebhook webhook) {
        this.webhook = Objects.requireNonNull(webhook, "webhook");
    }

    @Override
    public void init() throws ServletException {
        if (webhook == null) {
            if (!(getServletContext().getAttribute(WEBHOOK_ATTRIBUTE) instanceof PolicyWebhook found)) {
                throw new ServletException("servlet \"" + getServletName() + "\": expected a PolicyWebhook in the "
                        + "context attribute " + WEBHOOK_ATTRIBUTE + ", got none");
            }
            webhook = found;
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        PolicyWebhook asked = Objects.requireNonNull(webhook, "webhook");
        Optional<Answer> refusal = asked.screen(request.getMethod(), path(request), request.getContentType());
        if (refusal.isPresent()) {
            send(refusal.get(), response);
            return;
        }
        InputStream in = request.getInputStream();
        RequestBody body = RequestBody.read(in, asked.maxBodyBytes() + 1);
        if (body.length() > asked.maxBodyBytes() && request.getContentLengthLong() <= DRAINED_BYTES) {
            drop(in);
        }
        send(asked.review(body.bytes(), body.length()), response);
    }

    private static String path(HttpServletRequest request) {
        String rest = request.getPathInfo();
        return rest == null ? request.getServletPath() : request.getServletPath() + rest;
    }

    private static void send(Answer answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        response.setContentLength(answer.body().length);
        response.getOutputStream().write(answer.body());
    }

    private static void drop(InputStream rest) {
        try {
            rest.skip(DRAINED_BYTES);
        } catch (IOException gone) {
            // What was read is too much already, and that is the answer.
        }
    }
}
