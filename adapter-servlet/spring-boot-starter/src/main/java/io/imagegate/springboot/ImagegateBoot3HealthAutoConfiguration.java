package io.imagegate.springboot;

import io.imagegate.gate.GateHealth;
import io.imagegate.gate.LiveGate;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Shows whether policies are loaded as the health of {@code imagegate}, with Spring Boot 3: its indicators are in another package. */
@AutoConfiguration(after = ImagegateAutoConfiguration.class)
@ConditionalOnClass(name = "org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator")
@ConditionalOnBean(LiveGate.class)
@ConditionalOnEnabledHealthIndicator("imagegate")
class ImagegateBoot3HealthAutoConfiguration {

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
