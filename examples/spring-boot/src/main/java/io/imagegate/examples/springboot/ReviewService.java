package io.imagegate.examples.springboot;

import io.imagegate.document.LivePolicies;
import io.imagegate.document.PolicyDocumentException;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.document.ReloadListener;
import io.imagegate.policy.PolicySet;
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

/** Service with the servlet of Imagegate and the policies of a file, which are reloaded when it changes. */
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
    LivePolicies policies(@Value("${imagegate.policy}") Path file) {
        return LivePolicies.watch(new PolicyDocuments(), file, new ReloadListener() {
            @Override
            public void loaded(PolicySet policies) {
                LOG.info("loaded policies of {}", file);
            }

            @Override
            public void refused(PolicyDocumentException problems) {
                LOG.error("cannot load policies of {}: {}", file, problems.getMessage());
            }
        });
    }

    @Bean
    ServletRegistrationBean<PolicyWebhookServlet> reviews(LivePolicies policies) {
        PolicyWebhookServlet servlet = new PolicyWebhookServlet(PolicyWebhook.of(policies));
        return new ServletRegistrationBean<>(servlet, "/image_policy", "/validate");
    }
}
