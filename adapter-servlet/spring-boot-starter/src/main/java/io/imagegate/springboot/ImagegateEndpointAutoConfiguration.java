package io.imagegate.springboot;

import io.imagegate.gate.LiveGate;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Shows the active policies at the actuator's endpoint {@code imagegate}, if it is exposed. */
@AutoConfiguration(after = ImagegateAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(LiveGate.class)
@ConditionalOnAvailableEndpoint(endpoint = ImagegateEndpoint.class)
class ImagegateEndpointAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ImagegateEndpoint imagegateEndpoint(LiveGate gate) {
        return new ImagegateEndpoint(gate);
    }
}
