package io.imagegate.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.metric.MetricSink;
import io.imagegate.micrometer.MicrometerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Which configurations there are, and what each needs of the application. */
class ConfigurationsTest {

    private static final String IMPORTS =
            "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports";

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ImagegateAutoConfiguration.class,
                    ImagegateBoot3HealthAutoConfiguration.class,
                    ImagegateEndpointAutoConfiguration.class,
                    ImagegateHealthAutoConfiguration.class,
                    ImagegateMetricsAutoConfiguration.class,
                    ImagegateWebhookAutoConfiguration.class))
            .withPropertyValues("imagegate.policy=builtin:baseline");

    @Test
    @DisplayName("Spring Boot finds all of them")
    void imports() throws IOException {
        try (Stream<Path> classes = Files.list(Path.of("target/classes/io/imagegate/springboot"))) {
            assertThat(Files.readAllLines(Path.of("target/classes").resolve(IMPORTS)))
                    .containsExactlyInAnyOrderElementsOf(
                            classes.map(file -> file.getFileName().toString())
                                    .filter(name -> name.endsWith("AutoConfiguration.class"))
                                    .map(name -> "io.imagegate.springboot." + name.replace(".class", ""))
                                    .toList());
        }
        URL metadata = ConfigurationsTest.class.getResource("/META-INF/spring-autoconfigure-metadata.properties");
        assertThat(Objects.requireNonNull(metadata)).isNotNull();
    }

    @Test
    @DisplayName("an application with a registry of meters shows metrics, one without shows none")
    void metrics() {
        application.withBean(MeterRegistry.class, SimpleMeterRegistry::new).run(context -> {
            assertThat(context.getBean(MetricSink.class)).isInstanceOf(MicrometerMetrics.class);
            assertThat(context.getBean(MeterRegistry.class)
                            .get("imagegate.policy.reloads")
                            .tag("outcome", "success")
                            .counter()
                            .count())
                    .isEqualTo(1);
        });
        application.run(context -> assertThat(context).doesNotHaveBean(MetricSink.class));
    }

    @Test
    @DisplayName("health can be left out, and the endpoint is there only if it is exposed")
    void actuator() {
        application.run(context -> assertThat(context).hasBean("imagegateHealthIndicator"));
        application
                .withPropertyValues("management.health.imagegate.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("imagegateHealthIndicator"));
        application.run(context -> assertThat(context).doesNotHaveBean(ImagegateEndpoint.class));
    }
}
