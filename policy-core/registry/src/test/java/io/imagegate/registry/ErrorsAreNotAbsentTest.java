package io.imagegate.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.registry.content.MediaTypes;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Only a 404 for what was asked says that it does not exist. */
class ErrorsAreNotAbsentTest extends RegistryTest {

    private static final String REFERRERS = "/v2/a/b/referrers/" + DIGEST;

    private final FakeRegistry registry = plain();
    private final Registries registries = open(registry);

    private static void assertUndecidable(Fact<?> found, String reason) {
        assertThat(found.state()).as(found.toString()).isEqualTo(Fact.State.UNDECIDABLE);
        assertThat(found.reason()).contains(reason);
    }

    @Test
    @DisplayName("a redirect without a location, or with an empty one")
    void redirect() {
        registry.at("/v2/a/b/manifests/1", FakeRegistry.status(302));
        registry.at("/v2/a/b/manifests/2", FakeRegistry.redirect(""));
        for (String tag : new String[] {"1", "2"}) {
            assertUndecidable(
                    await(registries.digest(image(registry, "a/b:" + tag))), "redirects by a URL that is invalid");
        }
        assertThat(await(registries.digest(image(registry, "a/b:3"))).state()).isEqualTo(Fact.State.ABSENT);
    }

    @Test
    @DisplayName("a next page of referrers that does not exist")
    void nextPage() {
        String entry = "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":1}".formatted(MediaTypes.OCI_MANIFEST, DIGEST);
        registry.at(REFERRERS, exchange -> {
            boolean first = exchange.getRequestURI().getQuery() == null;
            FakeRegistry.Answer answer = first
                    ? FakeRegistry.json(
                            "{\"manifests\":[" + entry + "]}", "Link", "<" + REFERRERS + "?page=2>; rel=\"next\"")
                    : FakeRegistry.status(404);
            answer.to(exchange);
        });
        assertUndecidable(
                await(registries.referrers(image(registry, "a/b"), DIGEST)),
                "the next page of the list of referrers of " + DIGEST + " does not exist");
        registry.at(REFERRERS, FakeRegistry.status(404));
        Registries fresh = open(registry);
        assertThat(await(fresh.referrers(image(registry, "a/b"), DIGEST)).state())
                .isEqualTo(Fact.State.ABSENT);
    }
}
