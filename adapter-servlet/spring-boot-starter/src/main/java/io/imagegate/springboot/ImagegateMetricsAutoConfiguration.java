package io.imagegate.springboot;

import io.imagegate.figure.Figures;
import io.imagegate.micrometer.MicrometerFigures;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Shows the figures of Imagegate with Micrometer, if the application has a registry of meters and no {@link Figures} of its own. */
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
    Figures imagegateFigures(MeterRegistry registry) {
        return new MicrometerFigures(registry);
    }
}
