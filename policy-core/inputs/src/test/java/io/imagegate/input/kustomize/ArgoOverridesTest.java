package io.imagegate.input.kustomize;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.input.place.UnreadParts;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArgoOverridesTest {

    @Test
    @DisplayName("what a file changes in a source is merged once, however often the source is looked at")
    void once(@TempDir Path temporary) throws Exception {
        Path folder = temporary.toRealPath();
        Path file = Files.writeString(folder.resolve(".argocd-source.yaml"), "kustomize: {images: ['nginx:2']}\n");
        KustomizeBudget budget = new KustomizeBudget();
        KustomizeFiles files = new KustomizeFiles();
        RepositoryPaths paths = new RepositoryPaths(budget);
        paths.announce(file);
        ArgoOverrides overrides = new ArgoOverrides(
                new DeployedFiles(
                        files,
                        budget,
                        paths,
                        new NamedObjects(files, budget),
                        new UnreadDeployed(new UnreadParts(), paths)),
                budget);
        ManifestNode metadata = ManifestNode.named(folder).object();
        ManifestNode source = metadata.object();
        ManifestNode first = overrides.applied(metadata, ArgoType.withoutEmpty(source), folder);
        int kept = budget.mark();
        assertThat(ManifestNode.in(first, "kustomize").fields).containsKey("images");
        assertThat(overrides.applied(metadata, ArgoType.withoutEmpty(source), folder))
                .isSameAs(first);
        assertThat(budget.mark()).isEqualTo(kept);
        assertThat(overrides.applied(metadata, source.object(), folder)).isNotSameAs(first);
    }
}
