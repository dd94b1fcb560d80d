package io.imagegate.input.kustomize;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Words that a file of an object of Flux, Argo CD or k3s has. */
class DeployWordsTest {

    private static DeployWords words(String... parts) {
        DeployWords words = new DeployWords();
        for (String part : parts) {
            words.read(part.getBytes(ISO_8859_1));
        }
        return words;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease",
                "apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet",
                "argoproj.io/Application",
                "kind: HelmChart\napiVersion: helm.cattle.io/v1",
                "kind: Kustomization\napiVersion: kustomize.toolkit.fluxcd.io/v1",
                "{\"apiVersion\": \"fluxcd.controlplane.io\\/v1\", \"kind\": \"ResourceSet\"}",
                "{\"apiVersion\": \"argoproj\\u002Eio/v1\", \"kind\": \"\\x41pplication\"}",
                "apiVersion: \"argo\\\n  proj.io/v1\"\nkind: \"\\U00000041ppli\\\r\n\tcation\"",
                "argoproj.io/ \\q \\u00 \\ Application",
            })
    @DisplayName("both words are found, also in escapes")
    void mayDeploy(String text) {
        assertThat(words(text).mayDeploy()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\\",
                "argoproj.io",
                "argoproj.io/v1",
                "kind: Application",
                "rgoproj.io/ Application",
                ".io/ Application",
                "toolkit.fluxcd.io Kustomization",
                "argoproj.io/ application",
                "argoproj\\\\u002Eio/ Application",
                "argoproj\\u0141\\u012Eio/ Application",
                "argoproj.io/ Applicatio",
            })
    @DisplayName("one word alone, or a part of one, is not enough")
    void cannotDeploy(String text) {
        assertThat(words(text).mayDeploy()).isFalse();
    }

    @Test
    @DisplayName("parts of a text may have one word each")
    void parts() {
        assertThat(words("argoproj.io/", "Application").mayDeploy()).isTrue();
        assertThat(words("argoproj", ".io/ Application").mayDeploy()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ConfigMap", "kind: \"\\x43onfigMap\"", "GitRepository", "HelmChartConfig", "Bucket"})
    @DisplayName("objects that others name have words of their own")
    void mayBeNamed(String text) {
        assertThat(words(text).mayBeNamed()).isTrue();
        assertThat(words(text.substring(0, text.length() - 2)).mayBeNamed()).isEqualTo(text.endsWith("Config"));
    }
}
