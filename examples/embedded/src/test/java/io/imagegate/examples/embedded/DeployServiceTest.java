package io.imagegate.examples.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.document.PolicyDocuments;
import io.imagegate.fact.Fact;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Rule;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DeployServiceTest {

    private final List<String> deployed = new ArrayList<>();

    private DeployService service(ImageGate gate) {
        return new DeployService(gate, (namespace, image) -> deployed.add(namespace + " " + image));
    }

    @Test
    void deploysWhatThePolicyAllows() {
        DeployService service = service(ImageGate.of(new PolicyDocuments().load(Path.of("policy.yaml"))));
        assertThat(service.deploy("dev", "nginx:1.27")).isEqualTo("nginx:1.27");
        assertThatThrownBy(() -> service.deploy("dev", "nginx"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("violates rule \"fixed-tag\"");
        assertThatThrownBy(() -> service.deploy("prod-eu", "nginx:1.27"))
                .hasMessageContaining("violates rule \"pinned\"");
        assertThat(deployed).containsExactly("dev nginx:1.27");
    }

    @Test
    void deploysTheNameThatWasChecked() {
        ImageGate gate = ImageGate.of(new PolicyDocuments().read("mirror.yaml", """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: mirror}
                spec:
                  mutate: {rewrite: [{from: "docker.io/**", to: "mirror.example/hub/**"}]}
                  rules: [{name: mirrored, allow: ["mirror.example/**"]}]
                """));
        assertThat(service(gate).deploy("dev", "nginx:1.27")).isEqualTo("mirror.example/hub/library/nginx:1.27");
        assertThatThrownBy(() -> service(gate).deploy("dev", "quay.io/acme/api:1"))
                .hasMessageContaining("violates rule \"mirrored\"");
        assertThat(deployed).containsExactly("dev mirror.example/hub/library/nginx:1.27");
    }

    @Test
    void deploysByTheDigestThatWasLookedUp() {
        Digest digest = Digest.parse("sha256:" + "a".repeat(64));
        FactSource source = (needs, limit) -> CompletableFuture.completedFuture(Map.of(
                ImageReference.parse("nginx:1.27"),
                ImageFacts.at(Instant.now()).with(Need.DIGEST, Fact.known(digest))));
        Rule exists = image -> Finding.of(image.digest(), known -> Finding.satisfied());
        PolicySet policies =
                PolicySet.of(Policy.builder("content").rule("exists", exists).build());
        assertThat(service(ImageGate.of(() -> policies, source)).deploy("dev", "nginx:1.27"))
                .isEqualTo("nginx:1.27@" + digest);
    }
}
