package io.imagegate.input.terraform;

import io.imagegate.text.ResourceLines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where images stand in resources of Terraform, as {@code terraform-resources.txt} lists. */
final class TerraformResources {

    private static final Map<String, List<List<String>>> PATHS = read();
    private static final String KUBERNETES = "kubernetes_";

    /** In place of a path: images may stand in resources of the type, and are not read. */
    private static final List<String> UNREAD = List.of("?");
    /** At the end of a path: the attribute is a text of objects of Kubernetes. */
    private static final String OBJECTS = "*";

    private TerraformResources() {}

    /** {@return whether resources of a type are known to name images that are not read} */
    static boolean isUnread(String type) {
        return paths(type).contains(UNREAD);
    }

    /** {@return the attribute with a text of objects of Kubernetes; empty if resources of the type have none} */
    static String objects(String type) {
        String name = paths(type).isEmpty() ? "" : paths(type).get(0).get(0);
        return name.endsWith(OBJECTS) ? name.substring(0, name.length() - OBJECTS.length()) : "";
    }

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
