package io.imagegate.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.registry.oci.Referrers;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which answers say that nothing refers to an image. */
class ReferrerListsTest extends RegistryTest {

    private static final String API = "/v2/a/b/referrers/" + DIGEST;
    private static final String TAG = "/v2/a/b/manifests/" + DIGEST.toString().replace(':', '-');

    private final FakeRegistry registry = plain();

    private Fact<Referrers> find() {
        return await(open(registry).referrers(image(registry, "a/b"), DIGEST));
    }

    @Test
    @DisplayName("404, an empty list, and null, as Go writes it")
    void absent() {
        assertThat(find().state()).isEqualTo(Fact.State.ABSENT);
        for (String list : new String[] {"[]", "null"}) {
            registry.at(API, FakeRegistry.json("{\"schemaVersion\":2,\"manifests\":" + list + "}"));
            assertThat(find().state()).isEqualTo(Fact.State.ABSENT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"errors\":[{\"code\":\"UNAVAILABLE\"}]}", "{\"manifest\":[]}"})
    @DisplayName("an object without a list of manifests says nothing, whatever its status")
    void withoutList(String answer) {
        registry.at(API, FakeRegistry.json(answer));
        assertThat(find()).hasToString("UNDECIDABLE: the list of referrers has no field \"manifests\"");
        registry.at(API, FakeRegistry.json("{\"manifests\":[]}"));
        String index = answer.replaceFirst("\\{", "{\"schemaVersion\":2" + (answer.equals("{}") ? "" : ","));
        registry.at(TAG, FakeRegistry.json(index, "Content-Type", "application/vnd.oci.image.index.v1+json"));
        assertThat(find()).hasToString("UNDECIDABLE: the index has no field \"manifests\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"next", "NEXT", "Next"})
    @DisplayName("a list with a link to a next page that cannot be followed is not complete")
    void linkInAnyCase(String relation) {
        String first = "{\"manifests\":[]}";
        registry.at(API, FakeRegistry.json(first, "Link", "<" + API + "?x>; title=\"a\"; rel=\"" + relation + "\""));
        assertThat(find().state()).isEqualTo(Fact.State.UNDECIDABLE);
        registry.at(API, FakeRegistry.json(first, "Link", "<" + API + "?x>; rel=\"prev\""));
        assertThat(find().state()).isEqualTo(Fact.State.ABSENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://cdn.example", "https://cdn.example:8443"})
    @DisplayName("a next page at another host is refused without advice: no setting allows it")
    void otherHost(String host) {
        registry.at(API, FakeRegistry.json("{\"manifests\":[]}", "Link", "<" + host + API + ">; rel=\"next\""));
        Fact<Referrers> found = find();
        assertThat(found.state()).isEqualTo(Fact.State.UNDECIDABLE);
        assertThat(found.reason())
                .startsWith(registry.host() + " names a next page at another host: \"" + host)
                .doesNotContain("blobHosts");
    }
}
