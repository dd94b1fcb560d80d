package io.imagegate.springboot;

import io.imagegate.gate.GateHealth;
import io.imagegate.gate.LiveGate;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** Shows whether policies are loaded as the health of {@code imagegate}, with Spring Boot 4. */
@AutoConfiguration(after = ImagegateAutoConfiguration.class)
@ConditionalOnClass(
        name = "org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator")
@ConditionalOnBean(LiveGate.class)
@ConditionalOnEnabledHealthIndicator("imagegate")
class ImagegateHealthAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = "imagegateHealthIndicator")
    HealthIndicator imagegateHealthIndicator(LiveGate gate) {
        return () -> {
            GateHealth health = gate.health();
            return (health.isReady() ? Health.up() : Health.outOfService())
                    .withDetails(health.details())
                    .build();
        };
    }
}
