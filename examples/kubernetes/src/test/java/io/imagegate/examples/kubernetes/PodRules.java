package io.imagegate.examples.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What holds of every pod that runs Imagegate, in the cluster and as a static pod. */
final class PodRules {

    /** What the server may take to end its last reviews once it is told to. */
    private static final int LONGEST_DRAIN_SECONDS = 30;

    private static final List<String> PROBES = List.of("startupProbe", "livenessProbe", "readinessProbe");

    private PodRules() {}

    static void check(Manifest pod) {
        runsWithNothingToSpare(pod);
        probesReachAPort(pod);
        endsOnlyWhenAllIsAnswered(pod);
        mountsWhatItNames(pod);
        fitsItsMemory(pod);
    }

    private static void runsWithNothingToSpare(Manifest pod) {
        assertThat(pod.get("securityContext", "runAsNonRoot")).isEqualTo(true);
        // A number, so that the kubelet can tell it from root without asking the image.
        assertThat(pod.number("securityContext", "runAsUser")).isPositive();
        assertThat(pod.text("securityContext", "seccompProfile", "type")).isEqualTo("RuntimeDefault");
        assertThat(pod.get("enableServiceLinks")).isEqualTo(false);
        for (Manifest container : pod.each("containers")) {
            assertThat(container.get("securityContext", "readOnlyRootFilesystem"))
                    .isEqualTo(true);
            assertThat(container.get("securityContext", "allowPrivilegeEscalation"))
                    .isEqualTo(false);
            assertThat(container.texts("securityContext", "capabilities", "drop"))
                    .containsExactly("ALL");
        }
    }

    private static void probesReachAPort(Manifest pod) {
        Manifest container = container(pod);
        Set<String> open = new LinkedHashSet<>();
        if (container.find("ports") != null) {
            container.each("ports").forEach(port -> {
                open.add(port.text("name"));
                open.add(port.text("containerPort"));
            });
        }
        open.add(option(container, "--management-port"));
        for (String probe : PROBES) {
            if (container.find(probe) != null) {
                assertThat(open).as(probe).contains(container.text(probe, "httpGet", "port"));
                String path = probe.equals("readinessProbe") ? "/readyz" : "/livez";
                assertThat(container.text(probe, "httpGet", "path")).isEqualTo(path);
            }
        }
        assertThat(container.find("startupProbe")).isNotNull();
        assertThat(container.find("livenessProbe")).isNotNull();
    }

    private static void endsOnlyWhenAllIsAnswered(Manifest pod) {
        Object sleep = container(pod).find("lifecycle", "preStop", "sleep", "seconds");
        int before = sleep == null ? 0 : (Integer) sleep;
        assertThat(pod.number("terminationGracePeriodSeconds")).isGreaterThan(before + LONGEST_DRAIN_SECONDS);
    }

    private static void mountsWhatItNames(Manifest pod) {
        Manifest container = container(pod);
        List<String> mounts = container.each("volumeMounts").stream()
                .map(mount -> mount.text("mountPath"))
                .toList();
        assertThat(container.each("volumeMounts").stream().map(mount -> mount.text("name")))
                .containsExactlyInAnyOrderElementsOf(pod.each("volumes").stream()
                        .map(volume -> volume.text("name"))
                        .toList());
        for (String argument : container.texts("args")) {
            String value = argument.substring(argument.indexOf('=') + 1);
            if (value.startsWith("/")) {
                assertThat(mounts).as(argument).anyMatch(mount -> (value + "/").startsWith(mount + "/"));
            }
        }
    }

    private static void fitsItsMemory(Manifest pod) {
        Manifest container = container(pod);
        String limit = container.text("resources", "limits", "memory");
        assertThat(limit).matches("[0-9]+Mi");
        assertThat(Integer.parseInt(limit.substring(0, limit.length() - 2))).isBetween(128, 256);
        assertThat(container.text("resources", "requests", "memory")).isEqualTo(limit);
        assertThat(container.find("resources", "requests", "cpu")).isNotNull();
    }

    static Manifest container(Manifest pod) {
        assertThat(pod.each("containers")).hasSize(1);
        return pod.each("containers").get(0);
    }

    static String option(Manifest container, String name) {
        return container.texts("args").stream()
                .filter(argument -> argument.startsWith(name + "="))
                .map(argument -> argument.substring(name.length() + 1))
                .findFirst()
                .orElseThrow(() -> new AssertionError(container + " has no " + name));
    }
}
