package io.imagegate.examples.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A form of the chart whose whole output is recorded, with values as a user would write them. */
enum ChartForm {
    VALIDATING("validating"),
    MUTATING("mutating"),
    IMAGE_POLICY_WEBHOOK("imagePolicyWebhook");

    private static final Path RESOURCES = Manifests.FOLDER.resolve("src/test/resources/chart");

    private final String form;

    ChartForm(String form) {
        this.form = form;
    }

    /** The files of the kustomization that the chart gets as values. */
    private Map<String, String> files() {
        String policy = "policy.files.policy\\.yaml";
        return this == VALIDATING
                ? Map.of(
                        policy,
                        "base/policy.yaml",
                        "policy.files.signatures\\.yaml",
                        "components/signatures/signatures.yaml",
                        "policy.files.cosign\\.pub",
                        "components/signatures/cosign.pub",
                        "registries.files.registries\\.yaml",
                        "components/registries/registries.yaml")
                : Map.of(policy, "base/policy.yaml");
    }

    String[] arguments() {
        List<String> arguments = new ArrayList<>(
                List.of("--values", RESOURCES.resolve(form + "-values.yaml").toString()));
        files().forEach((value, file) ->
                arguments.addAll(List.of("--set-file", value + "=" + Manifests.FOLDER.resolve(file))));
        return arguments.toArray(String[]::new);
    }

    /** The file with what {@code helm template} prints. */
    Path golden() {
        return RESOURCES.resolve(form + ".yaml");
    }

    Manifests manifests() throws IOException {
        return Manifests.parse(golden().getFileName().toString(), Files.readString(golden()));
    }
}
