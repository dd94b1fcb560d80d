package io.imagegate.examples.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.document.PolicyDocuments;
import io.imagegate.policy.ImageGate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
}
