package io.imagegate.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Environment variables and system properties that were meant as properties. */
class MisspelledSettingsTest {

    private static StandardEnvironment environment(Map<String, Object> variables, Map<String, Object> properties) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME,
                        new MapPropertySource(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME, properties));
        return environment;
    }

    private static void refuse(String variable, String value) {
        MisspelledSettings.refuse(environment(Map.of(variable, value), Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "IMAGEGATE_POLCY, IMAGEGATE_POLICY",
        "IMAGEGATE_POLCY_0, IMAGEGATE_POLICY",
        "imagegate.polcy, IMAGEGATE_POLICY",
        "IMAGEGATE_REGISTRY, IMAGEGATE_REGISTRIES",
        "IMAGEGATE_CLIENT_NAME, IMAGEGATE_CLIENT_NAMES",
        "IMAGEGATE_POLICIS_PROD, IMAGEGATE_POLICIES_PROD",
        "IMAGEGATE_WEBHOOK_FACT_TIMOUT, IMAGEGATE_WEBHOOK_FACT_TIMEOUT",
        "IMAGEGATE_WEBHOOK_LIMITS_IMAGE, IMAGEGATE_WEBHOOK_LIMITS_IMAGES",
    })
    void aMisspelledVariableIsRefusedWithTheOneThatWasMeant(String variable, String meant) {
        assertThatThrownBy(() -> refuse(variable, "x"))
                .isInstanceOf(StartFailure.class)
                .hasMessage("The environment variable " + variable + " sets no property of Imagegate (did you mean "
                        + meant + "?).");
    }

    @ParameterizedTest
    @CsvSource({
        "imagegate.polcy, imagegate.policy",
        "imagegate.failFats, imagegate.fail-fast",
        "imagegate.policis.prod, imagegate.policies.prod",
    })
    void aMisspelledSystemPropertyIsRefused(String property, String meant) {
        assertThatThrownBy(() -> MisspelledSettings.refuse(environment(Map.of(), Map.of(property, "x"))))
                .isInstanceOf(StartFailure.class)
                .hasMessage("The system property " + property + " sets no property of Imagegate (did you mean " + meant
                        + "?).");
    }

    @ParameterizedTest
    @CsvSource({
        "IMAGEGATE_POLICY, x",
        "IMAGEGATE_POLICY_0, x",
        "IMAGEGATE_POLICIES_PROD, x",
        "IMAGEGATE_FAILFAST, false",
        "IMAGEGATE_FAIL_FAST, false",
        "IMAGEGATE_WEBHOOK_FACTTIMEOUT, 1s",
        "imagegate.policy, x",
        "IMAGEGATE_SERVICE_HOST, 10.0.0.1",
        "IMAGEGATE_POLICE_SERVICE_PORT, 443",
        "IMAGEGATE_PORT, tcp://10.0.0.1:8443",
        "IMAGEGATE_POLIC_PORT, tcp://10.0.0.1:8443",
        "IMAGEGATE_PORT_8443_TCP_ADDR, 10.0.0.1",
        "IMAGEGATE_CONFIG, /etc/imagegate.yaml",
        "MY_IMAGEGATE_POLCY, x",
    })
    void propertiesServicesAndNamesOfOthersAreNotRefused(String variable, String value) {
        assertThatCode(() -> refuse(variable, value)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"IMAGEGATE_FAILFAST", "IMAGEGATE_FAIL_FAST"})
    void bothSpellingsOfAHyphenSetTheProperty(String variable) {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ImagegateAutoConfiguration.class))
                .withInitializer(context -> context.setEnvironment(
                        environment(Map.of(variable, "false", "IMAGEGATE_POLICY", "builtin:baseline"), Map.of())))
                .run(context -> assertThat(
                                context.getBean(ImagegateProperties.class).failFast())
                        .isFalse());
    }

    @Test
    @DisplayName("an application does not start with a misspelled variable")
    void start() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(ImagegateAutoConfiguration.class))
                .withInitializer(context ->
                        context.setEnvironment(environment(Map.of("IMAGEGATE_POLCY", "builtin:baseline"), Map.of())))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("IMAGEGATE_POLCY sets no property of Imagegate"));
    }
}
