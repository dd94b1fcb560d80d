package io.imagegate.examples.frameworks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.ImageNameSubstitutor;

/** As Testcontainers finds and calls it: testcontainers.properties names the class. */
class PolicyImageNamesTest {

    private final ImageNameSubstitutor names = ImageNameSubstitutor.instance();

    @Test
    void passesOnWhatThePolicyAllows() {
        DockerImageName postgres = DockerImageName.parse("postgres:18.1");
        assertThat(names.apply(postgres)).isEqualTo(postgres);
        assertThat(names.apply(DockerImageName.parse("testcontainers/ryuk:0.13.0"))
                        .asCanonicalNameString())
                .isEqualTo("testcontainers/ryuk:0.13.0");
    }

    @Test
    void refusesWhatThePolicyRefuses() {
        assertThatThrownBy(() -> names.apply(DockerImageName.parse("postgres")))
                .hasMessageContaining("\"postgres:latest\"")
                .hasMessageContaining("violates rule \"fixed-tag\"");
        assertThatThrownBy(() -> names.apply(DockerImageName.parse("quay.io/acme/api:1")))
                .hasMessageContaining("violates rule \"trusted-registry\"");
    }
}
