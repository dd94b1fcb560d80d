package io.imagegate.springboot;

import io.imagegate.document.PolicyDocuments;
import io.imagegate.fact.FactSource;
import io.imagegate.gate.GateListener;
import io.imagegate.gate.GateSettings;
import io.imagegate.gate.LiveGate;
import io.imagegate.gate.LiveGateBuilder;
import io.imagegate.metric.MetricSink;
import io.imagegate.policy.DecisionObserver;
import io.imagegate.policy.FactSourcesBuilder;
import io.imagegate.rule.RuleFactory;
import io.imagegate.webhook.DecisionListener;
import java.util.Optional;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.env.Environment;

/**
 * Opens the policies and registries of the properties {@code imagegate.*} as a {@link LiveGate}, unless the application has one.
 *
 * @since 0.1
 */
@AutoConfiguration
@EnableConfigurationProperties(ImagegateProperties.class)
@ImportRuntimeHints(ImagegateRuntimeHints.class)
public class ImagegateAutoConfiguration {

    /** Made by Spring. */
    public ImagegateAutoConfiguration() {}

    @Bean
    GateSettings imagegateSettings(ImagegateProperties properties, Environment environment) {
        MisspelledSettings.refuse(environment);
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
            ObjectProvider<FactSourcesBuilder> owners,
            ObjectProvider<DecisionObserver> observer,
            ObjectProvider<GateListener> listeners,
            ObjectProvider<DecisionListener> decisionListeners) {
        LiveGateBuilder builder = LiveGate.builder()
                .documents(new PolicyDocuments()
                        .withMoreFactories(rules.orderedStream().toList()))
                .decisionListener(new ApplicationListeners(metrics, decisionListeners))
                .metrics(metrics.getIfAvailable(() -> MetricSink.NONE));
        observer.ifAvailable(builder::observer);
        listeners.orderedStream().forEach(builder::listener);
        FactSourcesBuilder sources = owners.getIfAvailable();
        if (sources != null) {
            builder.facts(sources);
        } else {
            only(facts).ifPresent(builder::facts);
        }
        return new GateOpener(properties).open(settings, builder);
    }

    private static Optional<FactSource> only(ObjectProvider<FactSource> facts) {
        try {
            return Optional.ofNullable(facts.getIfAvailable());
        } catch (NoUniqueBeanDefinitionException several) {
            throw new StartFailure(
                    "The application has several beans of type FactSource: " + several.getBeanNamesFound() + ".",
                    "Make a bean of type FactSourcesBuilder that says which needs each of them owns.",
                    several);
        }
    }
}
