package io.imagegate.springboot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that properties name. */
final class PolicyFiles {

    private PolicyFiles() {}

    /** {@return the name of a new policy file with one rule} */
    static String policy(Path folder, String name, String rule) throws IOException {
        return Files.writeString(folder.resolve(name + ".yaml"), text(name, rule))
                .toString();
    }

    static String text(String name, String rule) {
        return """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: %s}
                spec:
                  rules:
                    - %s
                """.formatted(name, rule);
    }

    /** {@return the name of a new file with a registry at which nobody listens} */
    static String registries(Path folder) throws IOException {
        return Files.writeString(folder.resolve("registries.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImageRegistries
                metadata: {name: r}
                spec: {registries: [{host: "127.0.0.1:1", plainHttp: true}]}
                """).toString();
    }
}
