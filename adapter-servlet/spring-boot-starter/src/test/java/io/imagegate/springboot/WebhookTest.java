package io.imagegate.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.gate.LiveGate;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.servlet.PolicyWebhookServlet;
import io.imagegate.webhook.DecisionListener;
import io.imagegate.webhook.PolicyWebhook;
import io.imagegate.webhook.ReviewEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationContext;

/** The servlet, and which requests it answers. */
class WebhookTest {

    private static final AutoConfigurations CONFIGURATION =
            AutoConfigurations.of(ImagegateAutoConfiguration.class, ImagegateWebhookAutoConfiguration.class);

    private final WebApplicationContextRunner application = new WebApplicationContextRunner()
            .withConfiguration(CONFIGURATION)
            .withPropertyValues("imagegate.policy=builtin:fixed-tags");

    private static String answer(ApplicationContext context, String path, String image) {
        byte[] body = ("{\"spec\":{\"containers\":[{\"image\":\"" + image + "\"}]}}").getBytes(StandardCharsets.UTF_8);
        PolicyWebhook webhook = context.getBean(PolicyWebhook.class);
        return new String(webhook.review(path, body, body.length).body(), StandardCharsets.UTF_8);
    }

    private static ServletRegistrationBean<?> servlet(ApplicationContext context) {
        return context.getBean(ServletRegistrationBean.class);
    }

    @Test
    @DisplayName("is mapped to the usual paths, and asynchronous")
    void mapped() {
        application.run(context -> {
            assertThat(servlet(context).getUrlMappings()).containsExactly("/image_policy", "/validate", "/mutate");
            assertThat(servlet(context).isAsyncSupported()).isTrue();
            assertThat(servlet(context).getServletName()).isEqualTo("imagegate");
            assertThat(answer(context, "/image_policy", "nginx")).contains("\"allowed\":false", "fixed");
            assertThat(answer(context, "/image_policy", "nginx:1")).contains("\"allowed\":true");
        });
    }

    @Test
    @DisplayName("has other paths if properties say so, and none that is empty")
    void otherPaths() {
        application
                .withPropertyValues(
                        "imagegate.webhook.paths.validate=/imagegate/check", "imagegate.webhook.paths.image-policy=")
                .run(context -> {
                    assertThat(servlet(context).getUrlMappings()).containsExactly("/imagegate/check", "/mutate");
                    assertThat(answer(context, "/imagegate/check", "nginx:1")).contains("\"allowed\":true");
                    assertThat(context.getBean(PolicyWebhook.class).gate("/imagegate/check"))
                            .hasValue("default");
                    assertThat(context.getBean(PolicyWebhook.class).gate("/validate"))
                            .isEmpty();
                });
    }

    @Test
    @DisplayName("policies with names decide below the paths, and other names are denied")
    void namedPolicies() {
        new WebApplicationContextRunner()
                .withConfiguration(CONFIGURATION)
                .withPropertyValues(
                        "imagegate.policies.prod=builtin:fixed-tags",
                        "imagegate.policies.dev=builtin:no-local-registry")
                .run(context -> {
                    assertThat(servlet(context).getUrlMappings())
                            .containsExactly(
                                    "/image_policy",
                                    "/validate",
                                    "/mutate",
                                    "/image_policy/*",
                                    "/validate/*",
                                    "/mutate/*");
                    assertThat(answer(context, "/validate/prod", "nginx")).contains("\"allowed\":false");
                    assertThat(answer(context, "/validate/dev", "nginx")).contains("\"allowed\":true");
                    assertThat(answer(context, "/validate/other", "nginx:1")).contains("\"allowed\":false", "other");
                    assertThat(answer(context, "/validate", "nginx:1")).contains("\"allowed\":false");
                });
    }

    @Test
    @DisplayName("limits reviews by properties")
    void limits() {
        application.withPropertyValues("imagegate.webhook.limits.body-size=30B").run(context -> {
            assertThat(context.getBean(PolicyWebhook.class).maxBodyBytes()).isEqualTo(30);
            assertThat(answer(context, "/image_policy", "nginx:1.17.1")).contains("\"allowed\":false", "30");
        });
        application.run(context ->
                assertThat(context.getBean(PolicyWebhook.class).maxBodyBytes()).isEqualTo(8 << 20));
        application
                .withPropertyValues("imagegate.webhook.limits.nesting=3")
                .run(context ->
                        assertThat(answer(context, "/image_policy", "nginx:1")).contains("\"allowed\":false"));
    }

    @Test
    @DisplayName("tells each decision to the listeners that are beans")
    void listeners() {
        List<ReviewEvent> heard = new CopyOnWriteArrayList<>();
        application.withBean(DecisionListener.class, () -> heard::add).run(context -> {
            answer(context, "/image_policy", "nginx");
            assertThat(heard).singleElement().matches(event -> !event.allowed());
            context.getBean(LiveGate.class).decide("nginx:1");
            assertThat(heard).extracting(ReviewEvent::allowed).containsExactly(false, true);
        });
    }

    @Test
    @DisplayName("can be left out, and needs a web application")
    void leftOut() {
        application
                .withPropertyValues("imagegate.webhook.enabled=false")
                .run(context -> assertThat(context)
                        .hasSingleBean(LiveGate.class)
                        .doesNotHaveBean(PolicyWebhook.class)
                        .doesNotHaveBean(ServletRegistrationBean.class));
        new ApplicationContextRunner()
                .withConfiguration(CONFIGURATION)
                .withPropertyValues("imagegate.policy=builtin:fixed-tags")
                .run(context ->
                        assertThat(context).hasSingleBean(LiveGate.class).doesNotHaveBean(PolicyWebhook.class));
    }

    @Test
    @DisplayName("is a filter in an application with WebFlux")
    void reactive() {
        ReactiveWebApplicationContextRunner reactive = new ReactiveWebApplicationContextRunner()
                .withConfiguration(CONFIGURATION)
                .withPropertyValues("imagegate.policy=builtin:fixed-tags");
        reactive.run(context -> assertThat(context)
                .hasSingleBean(PolicyWebhook.class)
                .hasSingleBean(ReviewWebFilter.class)
                .doesNotHaveBean(ServletRegistrationBean.class));
        reactive.withClassLoader(new FilteredClassLoader("jakarta.servlet", "io.imagegate.servlet"))
                .run(context -> assertThat(context).hasSingleBean(ReviewWebFilter.class));
        reactive.withPropertyValues("imagegate.webhook.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(ReviewWebFilter.class));
        application
                .withClassLoader(new FilteredClassLoader("reactor", "org.reactivestreams"))
                .run(context -> assertThat(servlet(context).getUrlMappings()).hasSize(3));
    }

    @Test
    @DisplayName("backs off from a webhook or a servlet of the application")
    void backsOff() {
        application
                .withBean(
                        "own",
                        PolicyWebhook.class,
                        () -> PolicyWebhook.of(ImageGate.of(PolicySet.of(Policy.byDefault()))))
                .run(context ->
                        assertThat(context).hasSingleBean(PolicyWebhook.class).hasBean("own"));
        application
                .withBean("ownServlet", PolicyWebhookServlet.class)
                .run(context -> assertThat(context).doesNotHaveBean(ServletRegistrationBean.class));
    }
}
