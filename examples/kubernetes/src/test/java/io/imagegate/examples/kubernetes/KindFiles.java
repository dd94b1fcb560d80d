package io.imagegate.examples.kubernetes;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A configuration for kind, with one node.
 *
 * @param cluster the whole file
 */
record KindFiles(Manifest cluster) {

    static final String VERSION_3 = "kubeadm.k8s.io/v1beta3";
    static final String VERSION_4 = "kubeadm.k8s.io/v1beta4";

    static KindFiles read(Path file) throws IOException {
        return new KindFiles(Manifests.file(file).all().get(0));
    }

    /** {@return where each file or folder stands in the node} */
    Map<String, String> mounts() {
        Map<String, String> mounts = new TreeMap<>();
        cluster.each("nodes", 0, "extraMounts")
                .forEach(mount -> mounts.put(mount.text("hostPath"), mount.text("containerPath")));
        return mounts;
    }

    /** {@return the versions of kubeadm's configuration that are patched} */
    List<String> versions() {
        return patches().stream().map(Manifest::apiVersion).toList();
    }

    /** {@return the patch of that version} */
    Manifest patch(String version) {
        return patches().stream()
                .filter(patch -> patch.apiVersion().equals(version))
                .findFirst()
                .orElseThrow(() -> new AssertionError(cluster + " has no patch of " + version));
    }

    /** {@return the flags that a patch adds} */
    static Map<String, String> flags(Manifest patch) {
        if (patch.get("apiServer", "extraArgs") instanceof Map<?, ?>) {
            return patch.labels("apiServer", "extraArgs");
        }
        Map<String, String> flags = new TreeMap<>();
        patch.each("apiServer", "extraArgs").forEach(flag -> flags.put(flag.text("name"), flag.text("value")));
        return flags;
    }

    private List<Manifest> patches() {
        return cluster.texts("nodes", 0, "kubeadmConfigPatches").stream()
                .map(text -> Manifests.parse(cluster.source(), text).all().get(0))
                .sorted(Comparator.comparing(Manifest::apiVersion))
                .toList();
    }

    /**
     * {@return commands that do for a control plane of kubeadm.sh what kind does for its node} They run before kubeadm
     * and get its folder, in which {@code kubeadm.yaml} is.
     */
    String commands(Path folder) {
        StringBuilder commands = new StringBuilder("set -eu\n");
        mounts().forEach((host, node) -> commands.append(
                "mkdir -p $(dirname %1$s) && cp -a '%2$s' %1$s\n".formatted(node, folder.resolve(host))));
        String patch = new Gson().toJson(patch(VERSION_4).get("apiServer"));
        return commands.append("sed -i 's|^apiServer: .*|apiServer: %s|' \"$1/kubeadm.yaml\"\n".formatted(patch))
                .append("grep -q ImagePolicyWebhook \"$1/kubeadm.yaml\"\n")
                .toString();
    }
}
