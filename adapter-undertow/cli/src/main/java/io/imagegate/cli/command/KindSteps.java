package io.imagegate.cli.command;

import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What to type once the folder for kind is written. The commands work from the folder in which Imagegate was started, also
 * if that was a container that has it as its working folder.
 *
 * @param folder as it was typed
 * @param image the image of the static pod
 * @param engine the program that has the image: docker or podman
 * @param windows whether the shell is one of Windows
 */
record KindSteps(Path folder, String image, String engine, boolean windows) {

    /** Means itself in every shell. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./-]+");

    /** The steps in this environment; podman tells the programs of its containers that it is podman. */
    static KindSteps of(Path folder, String image, Map<String, String> environment) {
        String engine = "podman".equals(environment.get("container")) ? "podman" : "docker";
        return new KindSteps(folder, image, engine, File.separatorChar == '\\');
    }

    String text() {
        return """
                Create the cluster, and load the image into its node. Until Imagegate answers, every pod is denied.
                Where the node can pull the image, leave out the lines with imagegate.tar.
                  cd %1$s
                  kind create cluster --config %3$s
                  %4$s save --output imagegate.tar %2$s
                  kind load image-archive imagegate.tar --name imagegate

                Wait until Imagegate has allowed its own pod. Then try it: the first image is denied, the second is allowed.
                  kubectl wait --for=create --timeout=3m --namespace kube-system pod/imagegate-imagegate-control-plane
                  kubectl run web --image=nginx
                  kubectl run web --image=nginx:1.17.1
                """.formatted(shown(), image, KindFolder.CLUSTER, engine);
    }

    private String shown() {
        String name = folder.toString();
        String operand = name.startsWith("-") ? "." + folder.getFileSystem().getSeparator() + name : name;
        if (PLAIN.matcher(operand).matches()) {
            return operand;
        }
        return windows ? "\"" + operand + "\"" : "'" + operand.replace("'", "'\\''") + "'";
    }
}
