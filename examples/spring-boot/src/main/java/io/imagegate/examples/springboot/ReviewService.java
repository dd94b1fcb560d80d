package io.imagegate.examples.springboot;

import io.imagegate.gate.GateState;
import io.imagegate.gate.ImageGates;
import io.imagegate.gate.LiveGate;
import io.imagegate.servlet.PolicyWebhookServlet;
import io.imagegate.webhook.PolicyWebhook;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;

/** Service with the servlet of Imagegate, and the policies of a file, which are reloaded when it changes. */
@SpringBootApplication(proxyBeanMethods = false)
public class ReviewService {

    private static final Logger LOG = LoggerFactory.getLogger(ReviewService.class);

    /**
     * Starts the service.
     *
     * @param arguments settings of Spring Boot
     */
    public static void main(String[] arguments) {
        SpringApplication.run(ReviewService.class, arguments);
    }

    @Bean
    LiveGate gate(@Value("${imagegate.policy}") String policies, @Value("${imagegate.registries}") Path registries) {
        return ImageGates.builder()
                .policies(policies)
                .registries(registries)
                .listener(ReviewService::log)
                .openLater();
    }

    private static void log(GateState state) {
        state.problem()
                .ifPresentOrElse(
                        problem -> LOG.error("cannot load policies of {}: {}", state.location(), problem.getMessage()),
                        () -> LOG.info("loaded policies of {}", state.location()));
    }

    @Bean
    ServletRegistrationBean<PolicyWebhookServlet> reviews(LiveGate gate) {
        PolicyWebhookServlet servlet = new PolicyWebhookServlet(PolicyWebhook.of(gate.gate()));
        return new ServletRegistrationBean<>(servlet, "/image_policy", "/validate");
    }
}
