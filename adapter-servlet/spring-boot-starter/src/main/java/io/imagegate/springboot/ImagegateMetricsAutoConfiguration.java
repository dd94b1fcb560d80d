package io.imagegate.springboot;

import io.imagegate.metric.MetricSink;
import io.imagegate.micrometer.MicrometerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Shows the metrics of Imagegate with Micrometer, if the application has a registry of meters and no {@link MetricSink} of its own. */
@AutoConfiguration(
        before = ImagegateAutoConfiguration.class,
        afterName = {
            // Of Spring Boot 3, and of 4.
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
class ImagegateMetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    MetricSink imagegateMetrics(MeterRegistry registry) {
        return new MicrometerMetrics(registry);
    }
}
