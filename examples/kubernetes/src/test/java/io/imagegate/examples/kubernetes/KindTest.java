package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** kind/cluster.yaml fits the files that are mounted, and the patch of the tutorial. */
class KindTest {

    private static final Path KUBEADM = Manifests.FOLDER.resolve("kubeadm");
    private static final Pattern IN_THE_NODE = Pattern.compile("[ =](/etc/(?:kubernetes/)?imagegate/[a-z.-]+)$");

    private final KindFiles kind;

    KindTest() throws IOException {
        kind = KindFiles.read(Manifests.FOLDER.resolve("kind/cluster.yaml"));
    }

    @Test
    @DisplayName("every file that the static pod and the API server read is in a mounted folder")
    void mountsWhatIsRead() throws IOException {
        Map<String, String> folders = Map.of("imagegate.yaml", "imagegate", "admission.yaml", "kubernetes");
        for (String file : List.of("imagegate.yaml", "admission.yaml", "webhook.kubeconfig")) {
            String folder = folders.getOrDefault(file, "kubernetes");
            assertThat(paths(file))
                    .isNotEmpty()
                    .allMatch(path -> path.startsWith(kind.mounts().get(folder) + "/"));
        }
        assertThat(kind.mounts()).containsEntry("imagegate.yaml", "/etc/kubernetes/manifests/imagegate.yaml");
    }

    private static List<String> paths(String file) throws IOException {
        return Files.readAllLines(KUBEADM.resolve(file)).stream()
                .filter(line -> !line.strip().startsWith("#"))
                .flatMap(line -> IN_THE_NODE.matcher(line).results().map(match -> match.group(1)))
                .toList();
    }

    @Test
    @DisplayName("paths of the host are relative, so the folder can be moved, and a container can write it")
    void isRelative() {
        assertThat(kind.mounts().keySet()).containsExactly("imagegate", "imagegate.yaml", "kubernetes");
        kind.cluster()
                .each("nodes", 0, "extraMounts")
                .forEach(mount -> assertThat(mount.get("readOnly")).isEqualTo(true));
    }

    @Test
    @DisplayName("both versions of kubeadm's configuration get the same flags and volumes")
    void patchesBothVersions() {
        assertThat(kind.versions()).containsExactly(KindFiles.VERSION_3, KindFiles.VERSION_4);
        Manifest older = kind.patch(KindFiles.VERSION_3);
        Manifest newer = kind.patch(KindFiles.VERSION_4);
        assertThat(KindFiles.flags(older)).isEqualTo(KindFiles.flags(newer)).hasSize(2);
        assertThat(older.get("apiServer", "extraVolumes")).isEqualTo(newer.get("apiServer", "extraVolumes"));
    }

    @Test
    @DisplayName("the flags and the mount are those of the patch for kubeadm, and kubeadm's own plugin stays")
    void doesWhatThePatchDoes() throws IOException {
        Map<String, String> flags = new TreeMap<>();
        Map<String, String> mounted = new TreeMap<>();
        for (Object operation : Manifests.list(KUBEADM.resolve("patches/kube-apiserver0+json.yaml"))) {
            Manifest patch = new Manifest("patch", castMap(operation));
            if (patch.text("path").endsWith("/command/-")) {
                String[] flag = patch.text("value").substring(2).split("=", 2);
                flags.put(flag[0], flag[1]);
            } else if (patch.text("path").endsWith("/volumes/-")) {
                mounted.put(patch.text("value", "hostPath", "path"), patch.text("value", "hostPath", "type"));
            }
        }
        // Both flags of the patch stay beside kubeadm's; here one takes the place of kubeadm's.
        flags.computeIfPresent("enable-admission-plugins", (name, plugins) -> "NodeRestriction," + plugins);
        Manifest patch = kind.patch(KindFiles.VERSION_4);
        assertThat(KindFiles.flags(patch)).isEqualTo(flags);
        Manifest volume = patch.each("apiServer", "extraVolumes").get(0);
        assertThat(Map.of(volume.text("hostPath"), volume.text("pathType"))).isEqualTo(mounted);
        assertThat(volume.text("mountPath")).isEqualTo(volume.text("hostPath"));
        assertThat(volume.get("readOnly")).isEqualTo(true);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, ?> castMap(Object operation) {
        return (Map<String, ?>) operation;
    }

    /** What quickstart prints is compared with the page on a real cluster. */
    @ParameterizedTest
    @ValueSource(strings = {"TUTORIAL.md", "TUTORIAL.zh-CN.md"})
    @DisplayName("the page types what the program prints")
    void typesWhatIsPrinted(String page) throws IOException {
        List<Tutorial.Step> steps =
                Tutorial.read(Manifests.FOLDER.resolve(page)).steps("bash kind");
        String printed = steps.get(0).output();
        assertThat(steps.get(0).commands()).isEqualTo("java -jar imagegate.jar quickstart --kind demo\n");
        assertThat(Pattern.compile("(?m)^  (kubectl .*)$")
                        .matcher(printed)
                        .results()
                        .map(MatchResult::group)
                        .map(line -> line.strip() + "\n"))
                .isEqualTo(steps.stream().skip(1).map(Tutorial.Step::commands).toList())
                .hasSize(3);
        assertThat(printed)
                .contains("kind load image-archive imagegate.tar --name "
                        + kind.cluster().text("name") + "\n");
    }
}
