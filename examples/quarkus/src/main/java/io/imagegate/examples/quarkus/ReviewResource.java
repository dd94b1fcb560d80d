package io.imagegate.examples.quarkus;

import io.imagegate.gate.GateSettings;
import io.imagegate.gate.LiveGate;
import io.imagegate.webhook.Answer;
import io.imagegate.webhook.IncomingReview;
import io.imagegate.webhook.PolicyWebhook;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Answers kube-apiserver by the policies of {@code imagegate.policy}, which may have names for several clusters. No thread waits while
 * facts are looked up.
 */
@Path("{path:(image_policy|validate|mutate)(/.*)?}")
@Singleton
public class ReviewResource {

    private final LiveGate gate;
    private final PolicyWebhook webhook;

    ReviewResource(@ConfigProperty(name = "imagegate.policy") String policies) {
        GateSettings settings =
                GateSettings.builder().locations(List.of(policies)).build();
        gate = settings.open(LiveGate.builder().log(System.getLogger(ReviewResource.class.getName())));
        webhook = settings.webhook(gate.gates()).build();
    }

    @POST
    public CompletableFuture<Response> review(
            @Context UriInfo uri, @HeaderParam("Content-Type") @Nullable String type, byte[] body) {
        URI target = uri.getRequestUri();
        IncomingReview review = webhook.receive("POST", target.getRawPath(), type);
        String query = Objects.requireNonNullElse(target.getRawQuery(), "");
        return review.refusal()
                .map(CompletableFuture::completedFuture)
                .orElseGet(() -> review.review(query, body, body.length))
                .thenApply(ReviewResource::response);
    }

    private static Response response(Answer answer) {
        Response.ResponseBuilder response = Response.status(answer.status()).entity(answer.body());
        answer.headers().forEach(response::header);
        return response.build();
    }

    @PreDestroy
    void close() {
        gate.close();
    }
}
