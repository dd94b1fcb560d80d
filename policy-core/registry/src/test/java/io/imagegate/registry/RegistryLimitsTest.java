package io.imagegate.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RegistryLimitsTest {

    @Test
    @DisplayName("caches and bodies leave room in a small heap")
    void smallHeap() {
        RegistryLimits small = new RegistryLimitsBuilder(64 << 20).build();
        assertThat(small.cacheBytes()).isEqualTo(8 << 20);
        assertThat(small.bodyBytes()).isEqualTo(16 << 20);
        assertThat(small.attestationBytes()).isEqualTo(8 << 20);
        RegistryLimits large = new RegistryLimitsBuilder(1L << 40).build();
        assertThat(large.cacheBytes()).isEqualTo(16 << 20);
        assertThat(large.bodyBytes()).isEqualTo(32 << 20);
    }
}
