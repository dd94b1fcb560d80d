package io.imagegate.springboot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.gate.LiveGate;
import io.imagegate.review.ImageReview;
import io.imagegate.webhook.PolicyWebhook;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.WebHandler;

/** The lines of the page for tests of a part of an application, which have no configuration but what they name. */
@Tag("slow")
class SliceTest {

    @RestController
    static class Deployments {

        private final LiveGate gate;

        Deployments(LiveGate gate) {
            this.gate = gate;
        }

        @GetMapping("/allowed")
        String allowed(@RequestParam(name = "image") String image) {
            return String.valueOf(gate.decide(ImageReview.of(image)).allowed());
        }
    }

    @ImportAutoConfiguration(ImagegateAutoConfiguration.class)
    static class ControllerTest {}

    @ImportAutoConfiguration({ImagegateAutoConfiguration.class, ImagegateWebhookAutoConfiguration.class})
    static class WebhookSlice {}

    /** What Spring Boot makes of WebFlux. */
    static class Dispatcher {

        @Bean
        WebHandler webHandler() {
            return exchange -> {
                exchange.getResponse().setStatusCode(HttpStatus.NOT_FOUND);
                return exchange.getResponse().setComplete();
            };
        }
    }

    private static final String POLICY = "imagegate.policy=builtin:fixed-tags";
    private static final String REVIEW = "{\"spec\":{\"containers\":[{\"image\":\"nginx\"}]}}";

    @Test
    @DisplayName("MockMvc calls a controller that has the gate")
    void mockMvc() {
        new WebApplicationContextRunner()
                .withPropertyValues(POLICY)
                .withUserConfiguration(ControllerTest.class)
                .run(context -> {
                    assertThat(context).doesNotHaveBean(PolicyWebhook.class);
                    MockMvc mvc = MockMvcBuilders.standaloneSetup(new Deployments(context.getBean(LiveGate.class)))
                            .build();
                    assertThat(mvc.perform(MockMvcRequestBuilders.get("/allowed?image=nginx"))
                                    .andReturn()
                                    .getResponse()
                                    .getContentAsString())
                            .isEqualTo("false");
                });
    }

    @Test
    @DisplayName("WebTestClient calls a controller that has the gate")
    void webTestClient() {
        new ApplicationContextRunner()
                .withPropertyValues(POLICY)
                .withUserConfiguration(ControllerTest.class)
                .run(context -> WebTestClient.bindToController(new Deployments(context.getBean(LiveGate.class)))
                        .build()
                        .get()
                        .uri("/allowed?image=nginx:1")
                        .exchange()
                        .expectBody(String.class)
                        .isEqualTo("true"));
    }

    @Test
    @DisplayName("WebTestClient asks the webhook of an application with WebFlux")
    void reactiveWebhook() {
        new ReactiveWebApplicationContextRunner()
                .withPropertyValues(POLICY)
                .withUserConfiguration(WebhookSlice.class, Dispatcher.class)
                .run(context -> {
                    WebTestClient client =
                            WebTestClient.bindToApplicationContext(context).build();
                    assertThat(review(client, "/validate")).contains("\"allowed\":false", "fixed");
                    assertThat(client.post()
                                    .uri("/other")
                                    .exchange()
                                    .expectBody()
                                    .returnResult()
                                    .getStatus()
                                    .value())
                            .isEqualTo(404);
                });
    }

    private static String review(WebTestClient client, String path) {
        byte[] answer = client.post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(REVIEW)
                .exchange()
                .expectBody()
                .returnResult()
                .getResponseBodyContent();
        return new String(Objects.requireNonNull(answer), UTF_8);
    }

    /** MockMvc knows no servlet but that of Spring. */
    @Test
    @DisplayName("the webhook of an application with servlets is asked as a bean")
    void servletWebhook() {
        new WebApplicationContextRunner()
                .withPropertyValues(POLICY)
                .withUserConfiguration(WebhookSlice.class)
                .run(context -> assertThat(review(context)).contains("\"allowed\":false", "fixed"));
    }

    private static String review(ApplicationContext context) {
        byte[] body = REVIEW.getBytes(UTF_8);
        return new String(
                context.getBean(PolicyWebhook.class)
                        .review("/validate", body, body.length)
                        .body(),
                UTF_8);
    }
}
