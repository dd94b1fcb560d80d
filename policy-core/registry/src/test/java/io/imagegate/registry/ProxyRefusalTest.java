package io.imagegate.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A proxy that opens no tunnel to a registry. */
class ProxyRefusalTest extends RegistryTest {

    @ParameterizedTest
    @CsvSource({"403, UNDECIDABLE", "429, UNDECIDABLE", "502, UNAVAILABLE", "504, UNAVAILABLE"})
    @DisplayName(
            "one that refuses it, or limits requests, proves no outage of the registry; one that cannot reach it does")
    void status(int status, Fact.State expected) {
        TestProxy proxy = closing(TestProxy.refusing(status));
        Registries registries = closing(Registries.of(ImageRegistries.builder()
                .add(RegistryEntry.builder("registry.example").build())
                .proxy(proxy.address(), List.of())
                .build()));
        Fact<Digest> found = await(registries.digest(ImageReference.parse("registry.example/a")));
        assertThat(found.state()).as(found.reason()).isEqualTo(expected);
        assertThat(found.reason()).contains("registry.example", String.valueOf(status));
    }
}
