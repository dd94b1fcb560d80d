package io.imagegate.workload;

import io.imagegate.text.SafeText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where images stand in objects of one kind. Immutable and thread-safe; the {@code with…} methods return changed copies. Two
 * workloads are equal if they name the same places of the same kind.
 *
 * <pre>{@code
 * Workload rollout = Workload.of("Rollout.argoproj.io").withPodSpec("spec.template.spec");
 * Workload task = Workload.of("Task.tekton.dev")
 *         .withImages("spec.steps[*].image")
 *         .withImages("spec.sidecars[*].image");
 * }</pre>
 *
 * @since 0.1
 */
public final class Workload {

    private static final int MOST_PLACES = 64;
    private static final int SHOWN = 60;

    /** A kind of a custom resource, whose group has a dot. */
    private static final Pattern KIND =
            Pattern.compile("[A-Za-z0-9-]{1,63}(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?){2,20}");

    private final String kind;
    private final Map<WorkloadPath, PlaceForm> places;

    private Workload(String kind, Map<WorkloadPath, PlaceForm> places) {
        this.kind = kind;
        this.places = places;
    }

    /**
     * Starts the workload of a custom resource.
     *
     * @param kind the kind and its API group, such as {@code Rollout.argoproj.io}; any version of it is meant
     * @return a workload without places
     * @throws IllegalArgumentException if it is not the kind of a custom resource
     */
    public static Workload of(String kind) {
        if (Workloads.isBuiltIn(kind)) {
            throw new IllegalArgumentException(
                    "workload " + SafeText.quote(kind, SHOWN) + ": the places of the images of a"
                            + " built-in workload are known, expected the kind of a custom resource, such as Rollout.argoproj.io");
        }
        if (!KIND.matcher(kind).matches()) {
            throw new IllegalArgumentException("workload " + SafeText.quote(kind, SHOWN)
                    + ": expected one Kind.group of a custom resource, without a version, such as Rollout.argoproj.io");
        }
        return new Workload(kind, Map.of());
    }

    static Workload builtIn(String kind, String podSpec) {
        return new Workload(kind, Map.of()).withPodSpec(podSpec);
    }

    /**
     * {@return a copy with one more pod specification} Each image of its containers, init containers, ephemeral containers
     * and image volumes is checked; one without an image is denied.
     *
     * @param path path of the pod specification, such as {@code spec.template.spec}
     * @throws IllegalArgumentException if the path is invalid, or overlaps another one
     */
    public Workload withPodSpec(String path) {
        return with(path, PlaceForm.POD_SPEC);
    }

    /**
     * {@return a copy with one more place of images} Nothing is checked where the place is missing or null; an object with
     * something else there than a text is denied.
     *
     * @param path path of texts that are images, such as {@code spec.steps[*].image}
     * @throws IllegalArgumentException if the path is invalid, or overlaps another one
     */
    public Workload withImages(String path) {
        return with(path, PlaceForm.IMAGES);
    }

    /**
     * {@return a copy with one more place of values of a Helm chart} Fields whose name is {@code image} or ends with {@code Image}
     * name images there, at any depth: as a text, or in the parts {@code registry}, {@code repository}, {@code tag} and {@code
     * digest}, of which the second is required. Such images are checked, and never patched.
     *
     * @param path path of the values, such as {@code spec.values}
     * @throws IllegalArgumentException if the path is invalid, or overlaps another one
     */
    public Workload withHelmValues(String path) {
        return with(path, PlaceForm.HELM_VALUES);
    }

    /** {@return a copy with one more place of images without their tag, which their controller adds} */
    Workload withRepositories(String path) {
        return with(path, PlaceForm.REPOSITORIES);
    }

    /** {@return a copy with one more field that is called as if it named an image, and names none} */
    Workload without(String path) {
        return with(path, PlaceForm.NONE);
    }

    /** {@return whether it says where images stand} */
    public boolean hasPlaces() {
        return !places.isEmpty();
    }

    private Workload with(String text, PlaceForm form) {
        WorkloadPath path = WorkloadPath.parse(text);
        for (WorkloadPath other : places.keySet()) {
            if (path.overlaps(other)) {
                throw new IllegalArgumentException(
                        path.equals(other)
                                ? "path " + SafeText.quote(text, SHOWN) + " is already there"
                                : "path " + SafeText.quote(text, SHOWN) + " overlaps "
                                        + SafeText.quote(other.toString(), SHOWN) + ": expected one of them");
            }
        }
        if (places.size() == MOST_PLACES) {
            throw new IllegalArgumentException(
                    "workload " + SafeText.quote(kind, SHOWN) + ": expected " + MOST_PLACES + " places at most");
        }
        Map<WorkloadPath, PlaceForm> more = new LinkedHashMap<>(places);
        more.put(path, form);
        return new Workload(kind, more);
    }

    /** {@return the kind and its API group, such as {@code Rollout.argoproj.io}} */
    public String kind() {
        return kind;
    }

    /** {@return the paths of pod specifications, in order} */
    public List<WorkloadPath> podSpecs() {
        return paths(PlaceForm.POD_SPEC);
    }

    /** {@return the paths of images, in order} */
    public List<WorkloadPath> images() {
        return paths(PlaceForm.IMAGES);
    }

    /** {@return the paths of values of Helm charts, in order} */
    public List<WorkloadPath> helmValues() {
        return paths(PlaceForm.HELM_VALUES);
    }

    /** {@return the paths of images of a well-known kind whose tag its controller adds, so that it is not known, in order} */
    public List<WorkloadPath> repositories() {
        return paths(PlaceForm.REPOSITORIES);
    }

    /** {@return the paths of fields of a well-known kind that only sound like images, in order} */
    public List<WorkloadPath> withoutImages() {
        return paths(PlaceForm.NONE);
    }

    private List<WorkloadPath> paths(PlaceForm form) {
        List<WorkloadPath> paths = new ArrayList<>();
        places.forEach((path, of) -> {
            if (of == form) {
                paths.add(path);
            }
        });
        return paths;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Workload that && kind.equals(that.kind) && places.equals(that.places);
    }

    @Override
    public int hashCode() {
        return 31 * kind.hashCode() + places.hashCode();
    }

    /** {@return the workload as a policy has it: {@code {kind: Rollout.argoproj.io, podSpec: [spec.template.spec]}}} */
    @Override
    public String toString() {
        List<String> parts = Stream.of(PlaceForm.values())
                .filter(form -> !paths(form).isEmpty())
                .map(form -> ", " + form.key + ": " + paths(form))
                .toList();
        return "{kind: " + kind + String.join("", parts) + "}";
    }
}
