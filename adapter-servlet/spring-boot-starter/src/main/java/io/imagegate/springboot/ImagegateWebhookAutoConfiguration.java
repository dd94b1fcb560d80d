package io.imagegate.springboot;

import static io.imagegate.springboot.ImagegateProperties.FACT_TIMEOUT;
import static io.imagegate.springboot.ImagegateProperties.LIMITS;

import io.imagegate.gate.LiveGate;
import io.imagegate.metric.MetricSink;
import io.imagegate.policy.ImageGate;
import io.imagegate.servlet.PolicyWebhookServlet;
import io.imagegate.webhook.DecisionListener;
import io.imagegate.webhook.PolicyWebhook;
import io.imagegate.webhook.PolicyWebhookBuilder;
import io.imagegate.webhook.ReviewLimits;
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
import org.springframework.util.unit.DataSize;

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
            ImagegateProperties properties,
            ObjectProvider<MetricSink> metrics,
            ObjectProvider<DecisionListener> listeners) {
        ImagegateProperties.Webhook settings = properties.webhook();
        List<DecisionListener> all = new ArrayList<>();
        List<String> names = gate.gates().stream().map(ImageGate::name).toList();
        metrics.ifAvailable(shown -> all.add(new ReviewMetrics(shown, names)));
        listeners.orderedStream().forEach(all::add);
        PolicyWebhookBuilder webhook =
                PolicyWebhook.builder().listener(event -> all.forEach(listener -> listener.reviewed(event)));
        new WebhookPaths(settings.paths()).addTo(webhook, gate.gates());
        StartFailure.naming(FACT_TIMEOUT, () -> webhook.factTimeout(settings.factTimeout()));
        StartFailure.naming(LIMITS, () -> limit(webhook, settings.limits()));
        return webhook.build();
    }

    private static PolicyWebhookBuilder limit(PolicyWebhookBuilder webhook, ImagegateProperties.Limits limits) {
        DataSize waiting = limits.waitingSize();
        if (waiting != null) {
            webhook.waitingBytes(waiting.toBytes());
        }
        return webhook.limits(ReviewLimits.DEFAULTS
                .withBodyBytes((int) Math.min(limits.bodySize().toBytes(), Integer.MAX_VALUE))
                .withImages(limits.images())
                .withAnnotations(limits.annotations())
                .withStringChars(limits.stringLength())
                .withNesting(limits.nesting()));
    }

    @Bean
    @ConditionalOnMissingBean(
            value = PolicyWebhookServlet.class,
            parameterizedContainer = ServletRegistrationBean.class)
    ServletRegistrationBean<PolicyWebhookServlet> imagegateServlet(
            PolicyWebhook webhook, LiveGate gate, ImagegateProperties properties) {
        ServletRegistrationBean<PolicyWebhookServlet> servlet =
                new ServletRegistrationBean<>(new PolicyWebhookServlet(webhook));
        servlet.setName("imagegate");
        servlet.setUrlMappings(new WebhookPaths(properties.webhook().paths()).mappings(gate));
        return servlet;
    }
}
