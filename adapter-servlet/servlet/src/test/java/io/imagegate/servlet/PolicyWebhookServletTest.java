package io.imagegate.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.webhook.PolicyWebhook;
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
import java.util.EnumSet;
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
        assertThatNullPointerException().isThrownBy(() -> new PolicyWebhookServlet(nothing()));
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
        PolicyWebhook deep = PolicyWebhook.builder(() -> PolicySet.of(Policy.byDefault()))
                .paths("/admission/images")
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
