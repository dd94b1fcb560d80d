package io.imagegate.springboot;

import io.imagegate.fact.FactSource;
import io.imagegate.gate.GateListener;
import io.imagegate.gate.ImageGates;
import io.imagegate.gate.LiveGate;
import io.imagegate.metric.MetricSink;
import io.imagegate.rule.RuleFactory;
import java.util.Optional;
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
    @ConditionalOnMissingBean
    LiveGate imagegate(
            ImagegateProperties properties,
            ObjectProvider<MetricSink> metrics,
            ObjectProvider<RuleFactory> rules,
            ObjectProvider<FactSource> facts,
            ObjectProvider<GateListener> listeners) {
        return new GateOpener(properties, listeners.orderedStream().toList())
                .open(
                        ImageGates.builder().metrics(metrics.getIfAvailable(() -> MetricSink.NONE)),
                        rules.orderedStream().toList(),
                        Optional.ofNullable(facts.getIfAvailable()));
    }
}
