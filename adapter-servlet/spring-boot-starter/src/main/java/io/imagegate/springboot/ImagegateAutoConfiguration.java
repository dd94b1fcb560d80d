package io.imagegate.springboot;

import io.imagegate.document.PolicyDocuments;
import io.imagegate.fact.FactSource;
import io.imagegate.gate.GateListener;
import io.imagegate.gate.GateSettings;
import io.imagegate.gate.LiveGate;
import io.imagegate.gate.LiveGateBuilder;
import io.imagegate.metric.MetricSink;
import io.imagegate.rule.RuleFactory;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Opens the policies and registries of the properties {@code imagegate.*} as a {@link LiveGate}, unless the application has one.
 *
 * @since 0.1
 */
@AutoConfiguration
@EnableConfigurationProperties(ImagegateProperties.class)
public class ImagegateAutoConfiguration {

    /** Made by Spring. */
    public ImagegateAutoConfiguration() {}

    @Bean
    GateSettings imagegateSettings(ImagegateProperties properties) {
        return SettingsReader.read(properties);
    }

    @Bean
    @ConditionalOnMissingBean
    LiveGate imagegate(
            ImagegateProperties properties,
            GateSettings settings,
            ObjectProvider<MetricSink> metrics,
            ObjectProvider<RuleFactory> rules,
            ObjectProvider<FactSource> facts,
            ObjectProvider<GateListener> listeners) {
        List<GateListener> called = listeners.orderedStream().toList();
        LiveGateBuilder builder = LiveGate.builder()
                .documents(new PolicyDocuments()
                        .withMoreFactories(rules.orderedStream().toList()))
                .listener(state -> called.forEach(listener -> listener.changed(state)))
                .metrics(metrics.getIfAvailable(() -> MetricSink.NONE));
        FactSource source = facts.getIfAvailable();
        if (source != null) {
            builder.facts(source);
        }
        return new GateOpener(properties).open(settings, builder, source != null);
    }
}
