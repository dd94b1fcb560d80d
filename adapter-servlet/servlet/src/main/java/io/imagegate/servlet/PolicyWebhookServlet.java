package io.imagegate.servlet;

import io.imagegate.policy.Gates;
import io.imagegate.webhook.Answer;
import io.imagegate.webhook.IncomingReview;
import io.imagegate.webhook.PolicyWebhook;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.security.cert.X509Certificate;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Servlet that answers with a {@link PolicyWebhook}: {@code context.addServlet("imagegate", new
 * PolicyWebhookServlet(webhook)).addMapping("/*")}. In a {@code web.xml}, it takes the webhook from the context
 * attribute {@link #WEBHOOK_ATTRIBUTE}.
 *
 * <p>The webhook's paths are relative to the context, regardless of the servlet's mapping. Memory for a body is
 * allocated as the body arrives, not by its {@code Content-Length}, and never exceeds the webhook's limit. The servlet
 * reads, decides and writes on the thread that calls it. Only a review that needs facts about its images is asynchronous,
 * if the servlet and the filters before it are registered as supporting that; otherwise it blocks its thread until the
 * facts are there. Thread-safe.
 *
 * @since 0.1
 */
public final class PolicyWebhookServlet extends HttpServlet {

    /** Name of the context attribute with the webhook, for a servlet made without one. */
    public static final String WEBHOOK_ATTRIBUTE = "io.imagegate.webhook.PolicyWebhook";

    private static final long serialVersionUID = 1L;

    /** Where the specification of servlets has the chain of the client. */
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    /** Largest body that is read to its end, because many clients read no answer before they have sent everything. */
    private static final long DRAINED_BYTES = 64L << 20;

    private transient @Nullable PolicyWebhook webhook;

    /** Makes a servlet that uses the webhook in its context. */
    public PolicyWebhookServlet() {}

    /**
     * Makes a servlet that uses this webhook.
     *
     * @param webhook answers all requests
     */
    public PolicyWebhookServlet(PolicyWebhook webhook) {
        this.webhook = Objects.requireNonNull(webhook, "webhook");
    }

    /**
     * Makes a servlet with the usual paths and limits.
     *
     * @param gates decide on the images, each at its own paths; such as a {@code LiveGate}
     */
    public PolicyWebhookServlet(Gates gates) {
        this(PolicyWebhook.of(gates));
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
    @SuppressWarnings("FutureReturnValueIgnored") // A review never completes exceptionally.
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        PolicyWebhook asked = Objects.requireNonNull(webhook, "webhook");
        IncomingReview incoming =
                asked.receive(request.getMethod(), path(request), request.getContentType(), () -> certificate(request));
        Optional<Answer> refusal = incoming.refusal();
        if (refusal.isPresent()) {
            send(refusal.get(), response);
            return;
        }
        InputStream in = request.getInputStream();
        RequestBody body = RequestBody.read(in, asked.maxBodyBytes() + 1);
        if (body.length() > asked.maxBodyBytes() && request.getContentLengthLong() <= DRAINED_BYTES) {
            drop(in);
        }
        String query = Objects.requireNonNullElse(request.getQueryString(), "");
        CompletableFuture<Answer> review = incoming.review(query, body.bytes(), body.length());
        if (review.isDone() || !request.isAsyncSupported() || request.isAsyncStarted()) {
            // A filter that started it already completes it when this method returns.
            send(review.join(), response);
            return;
        }
        AsyncContext async = request.startAsync(request, response);
        // The webhook itself answers in time.
        async.setTimeout(0);
        // On a thread of the container: those that complete reviews must not wait for a slow client.
        review.thenAccept(answer -> async.start(() -> finish(async, answer)));
    }

    private static void finish(AsyncContext async, Answer answer) {
        try {
            try {
                send(answer, (HttpServletResponse) async.getResponse());
            } finally {
                async.complete();
            }
        } catch (IOException | IllegalStateException gone) {
            // The client disconnected, or the container has ended the request.
        }
    }

    /** {@return the path within the context as the client wrote it, with what the container has decoded or removed} */
    private static String path(HttpServletRequest request) {
        String whole = request.getRequestURI();
        String context = request.getContextPath();
        return whole.startsWith(context) ? whole.substring(context.length()) : whole;
    }

    /** {@return the certificate of the client, which the container has verified} */
    private static @Nullable X509Certificate certificate(HttpServletRequest request) {
        return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0
                ? chain[0]
                : null;
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
            // The body is already too long, which is the answer.
        }
    }
}
