package io.imagegate.springboot;

import io.imagegate.gate.GateSettings;
import io.imagegate.gate.LiveGate;
import io.imagegate.metric.MetricSink;
import io.imagegate.policy.ImageGate;
import io.imagegate.servlet.PolicyWebhookServlet;
import io.imagegate.webhook.DecisionListener;
import io.imagegate.webhook.PolicyWebhook;
import io.imagegate.webhook.PolicyWebhookBuilder;
import io.imagegate.webhook.ReviewMetrics;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Answers reviews at the paths {@code imagegate.webhook.paths.*} beside the application's own endpoints, in a servlet container or with WebFlux.
 *
 * @since 0.1
 */
@AutoConfiguration(after = ImagegateAutoConfiguration.class)
@ConditionalOnWebApplication
@ConditionalOnBean(LiveGate.class)
@ConditionalOnProperty(name = "imagegate.webhook.enabled", matchIfMissing = true)
public class ImagegateWebhookAutoConfiguration {

    /** Made by Spring. */
    public ImagegateWebhookAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    PolicyWebhook imagegateWebhook(
            LiveGate gate,
            GateSettings settings,
            ObjectProvider<MetricSink> metrics,
            ObjectProvider<DecisionListener> listeners) {
        PolicyWebhookBuilder webhook = settings.webhook(gate);
        List<String> names = gate.gates().stream().map(ImageGate::name).toList();
        metrics.ifAvailable(shown -> webhook.listener(new ReviewMetrics(shown, names)));
        listeners.orderedStream().forEach(webhook::listener);
        return StartFailure.naming(SettingsReader.CLIENT_NAMES, webhook::build);
    }

    /** In a servlet container. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    static class ServletConfiguration {

        @Bean
        @ConditionalOnMissingBean(
                value = PolicyWebhookServlet.class,
                parameterizedContainer = ServletRegistrationBean.class)
        ServletRegistrationBean<PolicyWebhookServlet> imagegateServlet(
                PolicyWebhook webhook, LiveGate gate, GateSettings settings) {
            ServletRegistrationBean<PolicyWebhookServlet> servlet =
                    new ServletRegistrationBean<>(new PolicyWebhookServlet(webhook));
            servlet.setName("imagegate");
            servlet.setUrlMappings(patterns(settings.paths(), gate));
            return servlet;
        }
    }

    /** With WebFlux. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    static class ReactiveConfiguration {

        @Bean
        @ConditionalOnMissingBean
        ReviewWebFilter imagegateWebFilter(PolicyWebhook webhook, LiveGate gate, GateSettings settings) {
            return new ReviewWebFilter(webhook, patterns(settings.paths(), gate));
        }
    }

    /** {@return the patterns of the paths that the webhook answers: also those of names that no policies have, which are denied} */
    private static List<String> patterns(List<String> paths, LiveGate gate) {
        List<String> patterns = new ArrayList<>(paths);
        if (gate.gates().stream().anyMatch(one -> !one.name().equals(ImageGate.DEFAULT_NAME))) {
            paths.forEach(path -> patterns.add(path + "/*"));
        }
        return patterns;
    }
}
