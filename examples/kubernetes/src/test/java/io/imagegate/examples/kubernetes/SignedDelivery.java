package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the user of an overlay changes for signed images, as README.md says. */
final class SignedDelivery {

    private static final String REGISTRIES = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImageRegistries
            metadata: {name: registries}
            spec:
              registries:
                - {host: "127.0.0.1:5000", mirror: "%1$s"}
                - host: "%1$s"
                  plainHttp: true
                  credentials: {dockerConfig: /etc/imagegate/credentials/config.json}
            """.formatted(SigningLab.REGISTRY);

    private static final String EGRESS = """
                - to:
                    - ipBlock:
                        cidr: 198.18.88.1/32
                  ports:
                    - port: 5001
                      protocol: TCP
            """;

    private static final String KEYLESS = """
              trust:
                public: {file: /etc/imagegate/trusted-root/trusted_root.json}
              signers:
                ci:
                  keyless:
                    trust: public
                    issuer: "%s"
                    identity: "https://github.com/acme/*/.github/workflows/release.yml@refs/tags/*"
                    certificate: {sourceRepository: "https://github.com/acme/api"}
            """.formatted(SigningLab.ISSUER);

    /** The user of another sigstore than the public one. */
    private static final String SOURCE = """
                            - name: TUF_MIRROR
                              value: "%s"
                            - name: TUF_ROOT_JSON
                              value: /renewal/root.json
            """;

    private static final String ROOT = """
                            - name: renewal
                              mountPath: /renewal
                              readOnly: true
            """;

    private SignedDelivery() {}

    /** Everything but the key, the credentials and certificates. */
    static void change(Delivery delivery, TufRepository source) throws IOException {
        String overlay = "overlays/" + Installation.OVERLAY + "/kustomization.yaml";
        delivery.append(overlay, """
                  - {name: ghcr.io/sigstore/cosign/cosign, newName: "127.0.0.1:5000/cosign", newTag: here}
                  - {name: registry.k8s.io/kubectl, newName: "127.0.0.1:5000/kubectl", newTag: here}
                replicas:
                  - {name: imagegate, count: 1}
                """);
        delivery.addComponents(Installation.OVERLAY, "registries", "signatures", "trusted-root", "cluster-check");
        delivery.allowWholeImages();
        Path components = delivery.folder().resolve("components");
        Files.writeString(components.resolve("registries/registries.yaml"), REGISTRIES);
        delivery.append("components/registries/networkpolicy.yaml", EGRESS);
        Path policy = components.resolve("signatures/signatures.yaml");
        replace(policy, "ghcr.io/acme/**", "\"127.0.0.1:5000/acme/**\"");
        replace(policy, "  signers:\n", KEYLESS);
        delivery.append(
                "components/signatures/signatures.yaml",
                Files.readString(Manifests.FOLDER.resolve("src/test/resources/signatures/rules.yaml")));
        Path job = components.resolve("trusted-root/cronjob.yaml");
        String home = "                - name: HOME\n                  value: /tmp\n";
        replace(job, home, home + SOURCE.formatted(source.url()));
        String mounts = "              volumeMounts:\n";
        replace(job, mounts, mounts + ROOT);
        Files.writeString(components.resolve("trusted-root/renewal/root.json"), source.root());
        String file = "      - kustomization.yaml=renewal/kustomization.yaml\n";
        replace(components.resolve("trusted-root/kustomization.yaml"), file, file + "      - renewal/root.json\n");
    }

    /** The first occurrence. */
    private static void replace(Path file, String before, String after) throws IOException {
        String text = Files.readString(file);
        int at = text.indexOf(before);
        assertThat(at).as(before).isNotNegative();
        Files.writeString(file, text.substring(0, at) + after + text.substring(at + before.length()));
    }
}
