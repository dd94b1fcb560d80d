package io.imagegate.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.input.InputException;
import io.imagegate.input.InputObject;
import io.imagegate.input.ManifestObject;
import io.imagegate.manifest.ManifestReader;
import io.imagegate.policy.NamedRule;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.GlobSet;
import io.imagegate.rule.Criterion;
import io.imagegate.rule.RequestProperty;
import io.imagegate.rule.Rules;
import io.imagegate.rule.Scope;
import io.imagegate.workload.Workloads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which objects say nothing that their owners do not say. */
class OwnedObjectsTest {

    private static final PolicySet POLICIES = PolicySet.of(Policy.byDefault());
    private static final String OWNER = FakeApiServer.workload("web", "r", "", "nginx");

    private static ManifestObject read(String list, String object) throws IOException, InputException {
        String page = "{\"kind\":\"" + list + "\",\"apiVersion\":\"v1\",\"items\":[" + object + "]}";
        List<ManifestObject> found = new ArrayList<>();
        ManifestReader.readPage(
                "list",
                new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)),
                Workloads.wellKnown(),
                found::add);
        return found.get(0);
    }

    private static boolean isOwned(OwnedObjects owned, ManifestObject object) {
        return owned.test(object, object.decide(POLICIES, "default"));
    }

    private static ManifestObject pod(String owner, String image) throws Exception {
        return read("PodList", FakeApiServer.pod("web-1", "p", owner, image));
    }

    @Test
    void leavesOutAnOwnedObjectBehindItsOwner() throws Exception {
        OwnedObjects owned = new OwnedObjects();
        assertThat(isOwned(owned, pod("r", "nginx"))).as("before its owner").isFalse();
        assertThat(isOwned(owned, read("ReplicationControllerList", OWNER))).isFalse();
        assertThat(isOwned(owned, pod("r", "nginx"))).isTrue();
        assertThat(isOwned(owned, pod("r", "redis"))).as("another image").isFalse();
        assertThat(isOwned(owned, pod("p", "nginx"))).as("a pod owns nothing").isFalse();
        assertThat(isOwned(owned, pod("", "nginx"))).as("no owner").isFalse();
    }

    @Test
    void reportsAnotherImageThoughItIsAllowed() throws Exception {
        OwnedObjects owned = new OwnedObjects();
        String owner = FakeApiServer.workload("web", "r", "", "nginx:1");
        assertThat(isOwned(owned, read("ReplicationControllerList", owner))).isFalse();
        assertThat(isOwned(owned, pod("r", "nginx:1"))).isTrue();
        assertThat(isOwned(owned, pod("r", "redis:1"))).isFalse();
    }

    @Test
    void reportsAFindingThatTheOwnerDoesNotHave() throws Exception {
        PolicySet forPods = PolicySet.of(Policy.builder("pods")
                .rule(NamedRule.of("fixed-tag", Rules.fixedTag())
                        .withScope(Scope.EVERYTHING.with(Criterion.of(RequestProperty.KIND, GlobSet.of("Pod")))))
                .build());
        OwnedObjects owned = new OwnedObjects();
        ManifestObject owner = read("ReplicationControllerList", OWNER);
        assertThat(owned.test(owner, owner.decide(forPods, "default"))).isFalse();
        ManifestObject pod = pod("r", "nginx");
        assertThat(owned.test(pod, owner.decide(forPods, "default"))).isTrue();
        assertThat(owned.test(pod, pod.decide(forPods, "default"))).isFalse();
    }

    /** Whoever writes objects may let them own each other, or themselves. */
    @Test
    void reportsOneOfThoseThatOwnEachOther() throws Exception {
        OwnedObjects owned = new OwnedObjects();
        String list = "ReplicaSetList";
        assertThat(isOwned(owned, read(list, FakeApiServer.workload("a", "a", "b", "nginx"))))
                .isFalse();
        assertThat(isOwned(owned, read(list, FakeApiServer.workload("b", "b", "a", "redis"))))
                .as("another image")
                .isFalse();
        assertThat(isOwned(owned, read(list, FakeApiServer.workload("c", "c", "a", "nginx"))))
                .isTrue();
        assertThat(isOwned(owned, read(list, FakeApiServer.workload("self", "self", "self", "nginx"))))
                .isFalse();
    }

    @Test
    void keepsNoMoreOwnersThanTheLimit() throws Exception {
        OwnedObjects owned = new OwnedObjects(10);
        isOwned(owned, read("ReplicationControllerList", OWNER));
        assertThat(isOwned(owned, pod("r", "nginx"))).isFalse();
    }

    @Test
    void anImageByItselfHasNoOwner() {
        InputObject image = InputObject.ofImage("", 0, "nginx");
        assertThat(new OwnedObjects().test(image, POLICIES.decide(image.review("default"))))
                .isFalse();
    }
}
