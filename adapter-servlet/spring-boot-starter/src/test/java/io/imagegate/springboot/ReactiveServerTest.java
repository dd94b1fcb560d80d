package io.imagegate.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** An application with nothing but the starter, WebFlux and the actuator, over HTTP. */
@Tag("slow")
class ReactiveServerTest {

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private static HttpRequest review(URI address, String image, int length) {
        return HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        " ".repeat(length) + "{\"spec\":{\"containers\":[{\"image\":\"" + image + "\"}]}}"))
                .build();
    }

    @Test
    @DisplayName("answers reviews over the limit of codecs, and leaves everything else to the application")
    void answers() throws Exception {
        try (ConfigurableApplicationContext service = SpringApplication.run(
                Application.class,
                "--spring.main.web-application-type=reactive",
                "--spring.main.banner-mode=off",
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--management.endpoints.web.exposure.include=*",
                "--imagegate.policies.prod=builtin:fixed-tags")) {
            URI base = URI.create("http://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port"));
            URI prod = base.resolve("/validate/prod");
            assertThat(send(review(prod, "nginx:1", 0)).body()).contains("\"allowed\":true");
            assertThat(send(review(prod, "nginx:1", 4 << 20)).body()).contains("\"allowed\":true");
            assertThat(send(review(prod, "nginx:1", 9 << 20)).body()).contains("\"allowed\":false", "too large");
            assertThat(send(review(prod, "nginx", 0)).body()).contains("\"allowed\":false", "fixed");
            HttpResponse<String> misnamed = send(review(base.resolve("/validate/pord"), "nginx:1", 0));
            assertThat(misnamed.statusCode()).isEqualTo(200);
            assertThat(misnamed.body()).contains("\"allowed\":false", "pord");
            HttpResponse<String> get = send(HttpRequest.newBuilder(prod).build());
            assertThat(get.statusCode()).isEqualTo(405);
            assertThat(get.body()).contains("\"kind\":\"Status\"");
            assertThat(send(review(base.resolve("/other"), "nginx:1", 0)).statusCode())
                    .isEqualTo(404);
            assertThat(send(HttpRequest.newBuilder(base.resolve("/actuator/health"))
                                    .build())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(send(HttpRequest.newBuilder(base.resolve("/actuator/imagegate"))
                                    .build())
                            .body())
                    .contains("\"name\":\"prod\"");
        }
    }
}
