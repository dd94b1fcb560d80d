package io.imagegate.manifest;

import io.imagegate.text.ResourceLines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where images stand in resources of Terraform, as {@code terraform-resources.txt} lists. */
final class TerraformResources {

    private static final Map<String, List<List<String>>> PATHS = read();
    private static final String KUBERNETES = "kubernetes_";

    private TerraformResources() {}

    /** {@return whether images may stand in resources of a type} */
    static boolean hasImages(String type) {
        return isKubernetes(type) || PATHS.containsKey(type);
    }

    /** {@return whether it is a type of the Kubernetes provider, which has a name for each field of a Pod} */
    static boolean isKubernetes(String type) {
        return type.startsWith(KUBERNETES);
    }

    /** {@return the paths of images in resources of a type, each as names of attributes} */
    static List<List<String>> paths(String type) {
        return PATHS.getOrDefault(type, List.of());
    }

    private static Map<String, List<List<String>>> read() {
        Map<String, List<List<String>>> paths = new HashMap<>();
        for (String line :
                ResourceLines.read(TerraformResources.class.getResourceAsStream("terraform-resources.txt"))) {
            int space = line.indexOf(' ');
            paths.computeIfAbsent(line.substring(0, space), type -> new ArrayList<>())
                    .add(List.of(line.substring(space + 1).split("\\.", -1)));
        }
        return paths;
    }
}
