package io.imagegate.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.fact.Fact;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.rule.Finding;
import io.imagegate.webhook.PolicyWebhook;
import io.imagegate.webhook.WebhookKind;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletRegistration;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the servlet adds to the contract of every adapter: registration, paths, and asynchronous requests. */
class PolicyWebhookServletTest {

    private static final PolicyWebhook WEBHOOK = PolicyWebhook.of(() -> PolicySet.of(Policy.byDefault()));

    private final ServletContextHandler context = new ServletContextHandler("/gate/keeper");

    @Test
    void needsAWebhook() {
        assertThatNullPointerException()
                .isThrownBy(() -> new PolicyWebhookServlet(PolicyWebhookServletTest.<PolicyWebhook>nothing()));
    }

    @Test
    void isRegisteredByCode() throws Exception {
        context.addServletContainerInitializer((classes, application) -> {
            ServletRegistration.Dynamic servlet =
                    application.addServlet("imagegate", new PolicyWebhookServlet(WEBHOOK));
            servlet.addMapping("/*");
        });
        assertDecides("/image_policy");
    }

    @Test
    void takesTheWebhookOfItsContextWhenNamedByClass() throws Exception {
        assertThat(PolicyWebhookServlet.WEBHOOK_ATTRIBUTE).isEqualTo(PolicyWebhook.class.getName());
        context.setAttribute(PolicyWebhookServlet.WEBHOOK_ATTRIBUTE, WEBHOOK);
        context.addServlet(PolicyWebhookServlet.class, "/*");
        assertDecides("/image_policy");
    }

    @Test
    void refusesToStartWithoutAWebhook() {
        ServletHolder holder = new ServletHolder("imagegate", PolicyWebhookServlet.class);
        holder.setInitOrder(1);
        context.addServlet(holder, "/*");
        RunningJetty jetty = new RunningJetty(context);
        assertThatThrownBy(jetty::start)
                .hasMessageContaining("servlet \"imagegate\": expected a PolicyWebhook in the context attribute "
                        + "io.imagegate.webhook.PolicyWebhook, got none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/*", "/", "/image_policy", "/image_policy/*"})
    void seesPathsFromTheContextWhateverItIsMappedTo(String mapping) throws Exception {
        context.addServlet(new ServletHolder(new PolicyWebhookServlet(WEBHOOK)), mapping);
        assertDecides("/image_policy");
    }

    @Test
    void answersAtAMappingThatIsPartOfThePath() throws Exception {
        PolicyWebhook deep = PolicyWebhook.builder()
                .route(WebhookKind.VALIDATING, "/admission/images", ImageGate.of(PolicySet.of(Policy.byDefault())))
                .build();
        context.addServlet(new ServletHolder(new PolicyWebhookServlet(deep)), "/admission/*");
        assertDecides("/admission/images");
    }

    @Test
    void worksBehindAFilterThatStartedAsync() throws Exception {
        filter((request, response, chain) -> {
            AsyncContext async = request.startAsync();
            chain.doFilter(request, response);
            async.complete();
        });
        assertDecides("/image_policy");
    }

    @Test
    void worksOnAThreadThatAFilterStarted() throws Exception {
        filter((request, response, chain) -> {
            AsyncContext async = request.startAsync();
            async.start(() -> {
                try {
                    chain.doFilter(async.getRequest(), async.getResponse());
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                } finally {
                    async.complete();
                }
            });
        });
        assertDecides("/image_policy");
    }

    @Test
    void worksWhenTheContainerDispatchesAgain() throws Exception {
        filter((request, response, chain) -> {
            if (request.getDispatcherType() == DispatcherType.REQUEST) {
                request.startAsync().dispatch();
            } else {
                chain.doFilter(request, response);
            }
        });
        assertDecides("/image_policy");
    }

    @Test
    void aReviewThatWaitsForFactsIsAnsweredWhenTheyAreThere() throws Exception {
        for (boolean asynchronous : new boolean[] {true, false}) {
            BlockingQueue<CompletableFuture<Map<ImageReference, ImageFacts>>> calls = new LinkedBlockingQueue<>();
            PolicySet policies = PolicySet.of(Policy.builder("p")
                    .rule("known", image -> Finding.of(image.facts().digest(), digest -> Finding.satisfied()))
                    .build());
            ImageGate gate = ImageGate.of(() -> policies, (needs, limit) -> {
                CompletableFuture<Map<ImageReference, ImageFacts>> facts = new CompletableFuture<>();
                calls.add(facts);
                return facts;
            });
            ServletHolder servlet = new ServletHolder(
                    new PolicyWebhookServlet(PolicyWebhook.builder(gate).build()));
            servlet.setAsyncSupported(asynchronous);
            ServletContextHandler handler = new ServletContextHandler("/gate/keeper");
            handler.addServlet(servlet, "/*");
            try (RunningJetty jetty = new RunningJetty(handler).start()) {
                URI address = URI.create(jetty.base() + "/image_policy");
                CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> {
                    try {
                        return review(address, "nginx");
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
                CompletableFuture<Map<ImageReference, ImageFacts>> facts = calls.take();
                assertThat(answer).isNotDone();
                Digest digest = Digest.parse("sha256:" + "a".repeat(64));
                facts.complete(Map.of(
                        ImageReference.parse("nginx"),
                        ImageFacts.at(Instant.EPOCH).with(Need.DIGEST, Fact.known(digest))));
                assertThat(answer.get()).contains("\"allowed\":true");
            }
        }
    }

    private void filter(Filter filter) {
        FilterHolder holder = new FilterHolder(filter);
        holder.setAsyncSupported(true);
        context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC));
        ServletHolder servlet = new ServletHolder(new PolicyWebhookServlet(WEBHOOK));
        servlet.setAsyncSupported(true);
        context.addServlet(servlet, "/*");
    }

    private void assertDecides(String path) throws Exception {
        try (RunningJetty jetty = new RunningJetty(context).start()) {
            URI address = URI.create(jetty.base() + path);
            assertThat(address.getPath()).startsWith("/gate/keeper/");
            assertThat(review(address, "nginx")).contains("\"allowed\":false", "\\\"nginx\\\"");
            assertThat(review(address, "nginx:1.17.1")).contains("\"allowed\":true");
        }
    }

    private static String review(URI address, String image) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"spec\":{\"containers\":[{\"image\":\"" + image + "\"}]}}"))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }
}
