package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The README of the repository and the tutorials give the same advice. */
class PagesAgreeTest {

    private static final String README = "../../README.md";
    private static final Pattern ADMISSION =
            Pattern.compile("(?s)( *)(apiVersion: apiserver\\.config\\.k8s\\.io/v1\\n.*?)```");
    private static final Pattern SERVE = Pattern.compile("(?s)imagegate\\.jar serve .*?```");
    private static final Pattern INSTALL = Pattern.compile("sudo install (.*) /etc/kubernetes/imagegate\\n");

    @ParameterizedTest
    @ValueSource(strings = {README, "TUTORIAL.md", "TUTORIAL.zh-CN.md"})
    @DisplayName("the server accepts only clients with the API server's name and a certificate of the CA")
    void checksWhoConnects(String page) throws IOException {
        assertThat(SERVE.matcher(text(page)).results().map(MatchResult::group))
                .hasSize(1)
                .allSatisfy(serve ->
                        assertThat(serve).contains("--client-ca certificates/ca.pem --client-name kube-apiserver"));
    }

    @ParameterizedTest
    @ValueSource(strings = {README, "TUTORIAL.md", "TUTORIAL.zh-CN.md", "static/README.md", "static/README.zh-CN.md"})
    @DisplayName("the folder mounted into kube-apiserver gets no key but its own")
    void keepsOtherKeysAway(String page) throws IOException {
        List<String> installed = INSTALL.matcher(text(page).replaceAll("\\\\\n\\s*", ""))
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(installed)
                .anyMatch(files -> files.contains("apiserver-client-key.pem"))
                .noneMatch(files -> files.contains("ca-key.pem") || files.contains("webhook-key.pem"));
    }

    @Test
    @DisplayName("the README shows admission.yaml as it is")
    void showsTheAdmissionConfiguration() throws IOException {
        MatchResult block =
                ADMISSION.matcher(text(README)).results().findFirst().orElseThrow();
        String yaml = block.group(2).replace("\n" + block.group(1), "\n");
        Path file = Manifests.FOLDER.resolve("kubeadm/admission.yaml");
        assertThat(Manifests.parse(README, yaml).all().get(0).tree())
                .isEqualTo(Manifests.file(file).all().get(0).tree());
    }

    private static String text(String page) throws IOException {
        return Files.readString(Manifests.FOLDER.resolve(page));
    }
}
