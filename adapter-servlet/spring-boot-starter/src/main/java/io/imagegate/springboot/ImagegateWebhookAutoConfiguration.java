package io.imagegate.springboot;

import io.imagegate.gate.GateSettings;
import io.imagegate.gate.LiveGate;
import io.imagegate.metric.MetricSink;
import io.imagegate.policy.ImageGate;
import io.imagegate.servlet.PolicyWebhookServlet;
import io.imagegate.webhook.DecisionListener;
import io.imagegate.webhook.PolicyWebhook;
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

/**
 * Answers reviews at the paths {@code imagegate.webhook.paths.*} of a servlet container, beside the application's own endpoints.
 *
 * @since 0.1
 */
@AutoConfiguration(after = ImagegateAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
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
        List<DecisionListener> all = new ArrayList<>();
        List<String> names = gate.gates().stream().map(ImageGate::name).toList();
        metrics.ifAvailable(shown -> all.add(new ReviewMetrics(shown, names)));
        listeners.orderedStream().forEach(all::add);
        return settings.webhook(gate.gates())
                .listener(event -> all.forEach(listener -> listener.reviewed(event)))
                .build();
    }

    @Bean
    @ConditionalOnMissingBean(
            value = PolicyWebhookServlet.class,
            parameterizedContainer = ServletRegistrationBean.class)
    ServletRegistrationBean<PolicyWebhookServlet> imagegateServlet(
            PolicyWebhook webhook, LiveGate gate, GateSettings settings) {
        ServletRegistrationBean<PolicyWebhookServlet> servlet =
                new ServletRegistrationBean<>(new PolicyWebhookServlet(webhook));
        servlet.setName("imagegate");
        servlet.setUrlMappings(mappings(settings.paths(), gate));
        return servlet;
    }

    /** {@return the patterns by which a servlet container finds the webhook: also for names that no policies have, which are denied} */
    private static List<String> mappings(List<String> paths, LiveGate gate) {
        List<String> mappings = new ArrayList<>(paths);
        if (gate.gates().stream().anyMatch(one -> !one.name().equals(ImageGate.DEFAULT_NAME))) {
            paths.forEach(path -> mappings.add(path + "/*"));
        }
        return mappings;
    }
}
