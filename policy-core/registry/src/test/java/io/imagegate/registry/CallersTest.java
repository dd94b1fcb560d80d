package io.imagegate.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.reference.ImageReference;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Callers that share look-ups. */
class CallersTest extends RegistryTest {

    private static final int SHARE = 8 << 10;

    @Tag("slow")
    @Test
    @DisplayName(
            "callers of one hung image are limited, even if they gave up; another registry can be asked, and later this one")
    void giveUp() throws Exception {
        FakeRegistry hanging = plain();
        FakeRegistry other = plain();
        CountDownLatch end = new CountDownLatch(1);
        hanging.at("/v2/app/manifests/1", FakeRegistry.after(end, FakeRegistry.status(404)));
        Registries registries = open(
                RegistryLimits.builder().timeout(Duration.ofMinutes(5)).build(),
                plainEntry(hanging).build(),
                plainEntry(other).build());
        ImageReference hung = image(hanging, "app:1");
        CompletableFuture<? extends Fact<?>> patient = registries.digest(hung);
        for (int i = 1; i < SHARE; i++) {
            registries.digest(hung).cancel(false);
        }
        assertThat(await(registries.digest(hung)).reason()).isEqualTo("too many reviews wait for this registry");
        assertThat(hanging.count("/v2/app/manifests/1")).isLessThanOrEqualTo(1);
        Fact<?> asked = await(registries.digest(image(other, "app:1")));
        assertThat(asked.state()).as(asked.toString()).isEqualTo(Fact.State.ABSENT);

        end.countDown();
        // The flight ends before its callers are forgotten, and they are before any of them has the answer.
        assertThat(patient).succeedsWithin(Duration.ofSeconds(30));
        Fact<?> later = await(registries.digest(image(hanging, "app:2")));
        assertThat(later.state()).as(later.toString()).isEqualTo(Fact.State.ABSENT);
    }
}
