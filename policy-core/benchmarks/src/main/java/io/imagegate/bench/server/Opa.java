package io.imagegate.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Open Policy Agent as a webhook over the same TLS, with the default policy in its language. Debian does not have it, so whoever
 * measures says where its program is.
 */
final class Opa {

    static final String NAME = "Open Policy Agent";

    /** The document of data that is an answer. */
    static final String PATH = "/v0/data/imagegate/answer";

    private static final String POLICY = """
            package imagegate

            kinds := ["containers", "initContainers", "ephemeralContainers"]

            images contains image if {
            	some kind in kinds
            	some container in input.request.object.spec[kind]
            	image := container.image
            }

            fixed(image) if contains(image, "@sha256:")

            fixed(image) if {
            	parts := split(image, "/")
            	name := split(parts[count(parts) - 1], ":")
            	count(name) == 2
            	name[1] != "latest"
            }

            refused contains image if {
            	some image in images
            	not fixed(image)
            }

            response := {"uid": input.request.uid, "allowed": true} if count(refused) == 0

            response := {
            	"uid": input.request.uid,
            	"allowed": false,
            	"status": {"message": sprintf("expected a tag other than latest: %s", [concat(", ", refused)])},
            } if {
            	count(refused) > 0
            }

            answer := {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "response": response}
            """;

    private Opa() {}

    /** {@return the server, if the property {@code bench.opa} names its program} */
    static Optional<Contestant> find(Path folder, Path certificate, Path key) throws IOException {
        String program = System.getProperty("bench.opa", "");
        if (program.isBlank()) {
            return Optional.empty();
        }
        Path policy = folder.resolve("opa.rego").toAbsolutePath();
        Files.writeString(policy, POLICY);
        return Optional.of(new Contestant(
                NAME,
                port -> List.of(
                        program,
                        "run",
                        "--server",
                        "--disable-telemetry",
                        "--log-level=error",
                        "--addr=https://127.0.0.1:" + port,
                        "--tls-cert-file=" + certificate.toAbsolutePath(),
                        "--tls-private-key-file=" + key.toAbsolutePath(),
                        policy.toString()),
                Map.of(),
                true));
    }
}
