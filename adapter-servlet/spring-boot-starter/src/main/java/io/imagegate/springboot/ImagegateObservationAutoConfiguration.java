package io.imagegate.springboot;

import io.imagegate.micrometer.DecisionObservations;
import io.imagegate.policy.DecisionObserver;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * Shows decisions as observations of Micrometer, if the application has a registry of them and no {@link DecisionObserver} of its own.
 */
@AutoConfiguration(
        before = ImagegateAutoConfiguration.class,
        afterName = {
            // Of Spring Boot 3, and of 4.
            "org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration",
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration"
        })
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(ObservationRegistry.class)
class ImagegateObservationAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    DecisionObserver imagegateObservations(ObservationRegistry registry) {
        return new DecisionObservations(registry);
    }
}
