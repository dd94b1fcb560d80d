package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.document.PolicyDocuments;
import io.imagegate.registry.ImageRegistries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The second part of the tutorial, in both languages. */
class SignaturesPageTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"SIGNATURES.md", "SIGNATURES.zh-CN.md"})
    @DisplayName("its files load: the registries, and the policy with a key beside it")
    void filesLoad(String page) throws IOException {
        Files.copy(Manifests.FOLDER.resolve("components/signatures/cosign.pub"), folder.resolve("cosign.pub"));
        for (Tutorial.Block file : page(page).withInfo("yaml ")) {
            Files.writeString(folder.resolve(file.info().substring("yaml ".length())), file.text());
        }
        assertThat(ImageRegistries.load(folder.resolve("registries.yaml")).entries())
                .hasSize(1);
        assertThat(new PolicyDocuments()
                        .withSignatures(root -> {})
                        .load(List.of(folder.resolve("signed.yaml").toString()))
                        .policies()
                        .get(0)
                        .signers())
                .hasSize(1);
    }

    @Test
    @DisplayName("both languages have the same commands, files and output")
    void sameBlocks() throws IOException {
        assertThat(page("SIGNATURES.zh-CN.md").blocks())
                .isNotEmpty()
                .isEqualTo(page("SIGNATURES.md").blocks());
    }

    private static Tutorial page(String name) throws IOException {
        return Tutorial.read(Manifests.FOLDER.resolve(name));
    }
}
