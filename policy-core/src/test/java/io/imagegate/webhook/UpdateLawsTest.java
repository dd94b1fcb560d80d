package io.imagegate.webhook;

import static io.imagegate.webhook.MutatingClient.ALL_KINDS;
import static io.imagegate.webhook.MutatingClient.MUTATION;
import static io.imagegate.webhook.MutatingClient.allowed;
import static io.imagegate.webhook.MutatingClient.patch;
import static io.imagegate.webhook.MutatingClient.patched;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.policy.BreakGlass;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicyBuilder;
import io.imagegate.policy.UpdateScope;
import io.imagegate.reference.GlobSet;
import io.imagegate.rule.Rules;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** Laws of updates: which images are checked, with names that repeat, are missing and move, and for whom break-glass is open. */
class UpdateLawsTest {

    private static final List<String> LISTS = List.of("initContainers", "containers");

    /** A container in one of the lists. An image without a tag violates the rule. */
    record Container(String list, String name, String image) {

        boolean isSameAs(Container other) {
            return list.equals(other.list) && name.equals(other.name);
        }

        boolean violates() {
            return image.indexOf(':') < 0;
        }

        String json() {
            return "{\"name\":\"" + name + "\",\"image\":\"" + image + "\"}";
        }
    }

    private final MutatingClient all = client(UpdateScope.ALL);
    private final MutatingClient changed = client(UpdateScope.CHANGED_IMAGES);
    private final MutatingClient added = client(UpdateScope.NEW_IMAGES);
    private final MutatingClient pinning = new MutatingClient(policy(UpdateScope.NEW_IMAGES)
            .mutation(MUTATION.withKinds(ALL_KINDS))
            .build());

    private static PolicyBuilder policy(UpdateScope scope) {
        return Policy.builder("p").rule("fixed-tag", Rules.fixedTag()).onUpdate(scope);
    }

    private static MutatingClient client(UpdateScope scope) {
        return new MutatingClient(policy(scope).build());
    }

    @Provide
    Arbitrary<List<Container>> pods() {
        return Combinators.combine(
                        Arbitraries.of(LISTS),
                        Arbitraries.of("a", "b", "c", ""),
                        Arbitraries.of("nginx", "redis", "x:1", "y:2"))
                .as(Container::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(pod -> LISTS.stream()
                        .flatMap(list -> pod.stream().filter(container -> container.list.equals(list)))
                        .toList());
    }

    private static String object(List<Container> pod) {
        return LISTS.stream()
                .map(list -> "\"" + list + "\":["
                        + pod.stream()
                                .filter(container -> container.list.equals(list))
                                .map(Container::json)
                                .collect(Collectors.joining(","))
                        + "]")
                .collect(Collectors.joining(",", "{\"metadata\":{},\"spec\":{", "}}"));
    }

    private static String update(List<Container> before, List<Container> after) {
        return "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\",\"request\":{\"uid\":\"u\",\"kind\":"
                + "{\"group\":\"\",\"version\":\"v1\",\"kind\":\"Pod\"},\"operation\":\"UPDATE\",\"namespace\":\"n\","
                + "\"object\":" + object(after) + ",\"oldObject\":" + object(before) + "}}";
    }

    /** The definition: the old object has the image in the same list under the same name, which no other container has. */
    private static boolean isKept(Container container, List<Container> before, List<Container> after) {
        return !container.name.isEmpty()
                && after.stream().filter(container::isSameAs).count() == 1
                && before.stream().filter(container::isSameAs).toList().equals(List.of(container));
    }

    @Property(tries = 1000)
    void exactlyTheImagesThatAreNotKeptAreChecked(
            @ForAll("pods") List<Container> before, @ForAll("pods") List<Container> after) {
        boolean expected = before.equals(after)
                || after.stream().noneMatch(container -> container.violates() && !isKept(container, before, after));
        Statistics.collect(expected);
        assertThat(allowed(added.validate(update(before, after)))).isEqualTo(expected);
    }

    @Property(tries = 500)
    void aScopeThatChecksMoreAllowsLess(@ForAll("pods") List<Container> before, @ForAll("pods") List<Container> after) {
        String body = update(before, after);
        if (allowed(all.validate(body))) {
            assertThat(allowed(changed.validate(body))).isTrue();
        }
        if (allowed(changed.validate(body))) {
            assertThat(allowed(added.validate(body))).isTrue();
        }
    }

    @Property(tries = 500)
    void whatIsAllowedWithItsPatchIsValid(
            @ForAll("pods") List<Container> before, @ForAll("pods") List<Container> after) {
        String body = update(before, after);
        JsonObject response = pinning.mutate(body);
        Statistics.collect(allowed(response), !patch(response).isEmpty());
        if (allowed(response)) {
            assertThat(allowed(pinning.validate(patched(body, response)))).isTrue();
        } else {
            assertThat(patch(response)).isEmpty();
        }
    }

    @Property(tries = 1000)
    void theGlassIsNeverOpenForWhoIsNotNamed(
            @ForAll("pods") List<Container> before,
            @ForAll("pods") List<Container> after,
            @ForAll("values") String old,
            @ForAll("values") String written,
            @ForAll UpdateScope scope,
            @ForAll boolean creates) {
        BreakGlass glass = BreakGlass.of("glass", "INC-*", GlobSet.of("n")).withUsers(GlobSet.of("alice"));
        MutatingClient with = new MutatingClient(policy(scope).breakGlass(glass).build());
        String body = update(before, after)
                .replace("\"UPDATE\"", creates ? "\"CREATE\"" : "\"UPDATE\"")
                .replace(
                        "\"object\":{\"metadata\":{",
                        "\"userInfo\":{\"username\":\"bob\"},\"object\":{\"metadata\":{" + annotation(written))
                .replace("\"oldObject\":{\"metadata\":{", "\"oldObject\":{\"metadata\":{" + annotation(old));
        boolean arms = written.startsWith("INC-") && (creates || !written.equals(old));
        boolean allowed = allowed(with.validate(body));
        Statistics.collect(allowed, arms);
        assertThat(allowed).isEqualTo(!arms && allowed(client(scope).validate(body)));
        // For who is named it is open by the new value.
        assertThat(allowed(with.validate(body.replace("bob", "alice"))))
                .isEqualTo(written.startsWith("INC-") || allowed(client(scope).validate(body)));
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.of("", "INC-1", "INC-2", "TODO");
    }

    private static String annotation(String value) {
        return value.isEmpty() ? "" : "\"annotations\":{\"glass\":\"" + value + "\"}";
    }
}
