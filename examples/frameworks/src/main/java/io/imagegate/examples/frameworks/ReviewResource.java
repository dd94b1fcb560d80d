package io.imagegate.examples.frameworks;

import io.imagegate.webhook.Answer;
import io.imagegate.webhook.IncomingReview;
import io.imagegate.webhook.PolicyWebhook;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Resource of Jakarta REST that answers kube-apiserver, in an application of its own: below its path all is the webhook's. No thread waits
 * while facts are looked up.
 */
@Path("{path: .*}")
@PreMatching
public final class ReviewResource implements ContainerRequestFilter {

    /** Largest body that is read to its end, because many clients read no answer before they have sent everything. */
    private static final long DRAINED_BYTES = 64L << 20;

    private final Function<String, PolicyWebhook> webhooks;

    /**
     * Creates a resource, to be registered as an instance.
     *
     * @param webhook answers reviews
     */
    public ReviewResource(PolicyWebhook webhook) {
        this(path -> webhook);
    }

    ReviewResource(Function<String, PolicyWebhook> webhooks) {
        this.webhooks = webhooks;
    }

    /** Refuses what is no review. */
    @Override
    public void filter(ContainerRequestContext request) {
        receive(request.getMethod(), request.getUriInfo(), request.getHeaderString("Content-Type"))
                .refusal()
                .ifPresent(refusal -> request.abortWith(response(refusal)));
    }

    /**
     * Answers a review.
     *
     * @param uri its address
     * @param type its media type
     * @param length its announced length; 0 if there is none
     * @param body its body
     * @return the answer
     */
    @POST
    public CompletionStage<Response> review(
            @Context UriInfo uri,
            @HeaderParam("Content-Type") @Nullable String type,
            @HeaderParam("Content-Length") @DefaultValue("0") long length,
            InputStream body)
            throws IOException {
        int most = webhooks.apply(path(uri)).maxBodyBytes();
        byte[] bytes = body.readNBytes(most + 1);
        long left = bytes.length > most && length <= DRAINED_BYTES ? DRAINED_BYTES : 0;
        for (byte[] part = new byte[8192]; left > 0 && body.read(part) > 0; ) {
            left -= part.length;
        }
        String query = Objects.requireNonNullElse(uri.getRequestUri().getRawQuery(), "");
        return receive("POST", uri, type).review(query, bytes, bytes.length).thenApply(ReviewResource::response);
    }

    private IncomingReview receive(String method, UriInfo uri, @Nullable String type) {
        String path = path(uri);
        return webhooks.apply(path).receive(method, path, type);
    }

    /** {@return the path within the application, as the client wrote it} */
    private static String path(UriInfo uri) {
        int base = uri.getBaseUri().getRawPath().length();
        return "/" + uri.getRequestUri().getRawPath().substring(base);
    }

    private static Response response(Answer answer) {
        Response.ResponseBuilder response = Response.status(answer.status()).entity(answer.body());
        answer.headers().forEach(response::header);
        return response.build();
    }
}
