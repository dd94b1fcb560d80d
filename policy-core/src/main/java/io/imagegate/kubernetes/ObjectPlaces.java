package io.imagegate.kubernetes;

import io.imagegate.review.ContainerType;
import io.imagegate.syntax.FieldNames;
import io.imagegate.workload.Workload;
import io.imagegate.workload.WorkloadPath;
import io.imagegate.workload.Workloads;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where images stand in objects of all known kinds: a tree of places for each kind, and one of all kinds for objects whose kind
 * is not known yet. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class ObjectPlaces {

    /** The field of a pod specification that none lacks. */
    static final String CONTAINERS = "containers";

    private static final String[] ALWAYS = {"kind", "apiVersion", "metadata"};

    private final Map<String, KindPlaces> byKind = new HashMap<>();
    private final PlaceNode all = new PlaceNode("", false);
    private final FieldNames fields;

    private ObjectPlaces(Workloads workloads) {
        for (Workload workload : workloads.all()) {
            KindPlaces kind = new KindPlaces(workload, workloads.isWellKnown(workload.kind()));
            byKind.put(workload.kind(), kind);
            kind.addTo(all);
        }
        all.complete();
        fields = fieldsAnd();
    }

    /**
     * {@return the places of workloads}
     *
     * @param workloads the workloads
     */
    public static ObjectPlaces of(Workloads workloads) {
        return workloads.compiled(ObjectPlaces.class, ObjectPlaces::new);
    }

    /**
     * {@return the names of the fields of an object that are read, and others}
     *
     * @param more the others
     */
    public FieldNames fieldsAnd(String... more) {
        return FieldNames.of(Stream.of(Stream.of(ALWAYS), all.fields.keySet().stream(), Stream.of(more))
                .flatMap(names -> names)
                .distinct()
                .toArray(String[]::new));
    }

    /** {@return the names of the fields of an object that are read} */
    FieldNames fields() {
        return fields;
    }

    /** {@return the places of all kinds} */
    PlaceNode all() {
        return all;
    }

    /** {@return the places of a kind in any version of its group; null if the kind is unknown} */
    @Nullable
    KindPlaces of(ObjectKind kind) {
        return byKind.get(kind.toString());
    }

    /**
     * {@return whether it is known where images stand in objects of a kind}
     *
     * @param kind the kind; its version is ignored
     */
    public boolean knows(ObjectKind kind) {
        return of(kind) != null;
    }

    /**
     * {@return whether all fields of a kind with images are known, because it is built in or a policy names them}
     *
     * @param kind the kind; its version is ignored
     */
    public boolean isComplete(ObjectKind kind) {
        KindPlaces known = of(kind);
        return known != null && !known.isWellKnown;
    }

    /** The places of one kind. */
    static final class KindPlaces {

        final Workload workload;
        /** Whether its places are known from the list, and no policy names them. */
        final boolean isWellKnown;

        final PlaceNode root = new PlaceNode("", false);
        /** Places of images and templates. */
        final Set<Object> places = new LinkedHashSet<>();
        /** Whether pods are made from templates in such objects. */
        final boolean hasPodTemplates;

        KindPlaces(Workload workload, boolean isWellKnown) {
            this.workload = workload;
            this.isWellKnown = isWellKnown;
            addTo(root);
            this.hasPodTemplates =
                    places.stream().anyMatch(place -> place instanceof TemplatePlace template && template.isOfPods());
            root.complete();
        }

        /** {@return whether images stand at the path of a place} Another kind may have it in another form. */
        boolean hasPath(ImagePlace place) {
            return places.contains(place)
                    || places.stream()
                            .anyMatch(own -> own instanceof ImagePlace image
                                    && image.path().equals(place.path()));
        }

        void addTo(PlaceNode tree) {
            for (WorkloadPath path : workload.podSpecs()) {
                PlaceNode node = podSpec(tree, path);
                if (!isWellKnown && !Workloads.isBuiltIn(workload.kind())) {
                    addOnce(node.podSpecs, containers(path));
                }
            }
            for (WorkloadPath path : workload.images()) {
                add(tree, path.steps(), place(path.steps(), "", null), false);
            }
            for (WorkloadPath path : workload.repositories()) {
                add(tree, path.steps(), place(path.steps(), "", null).without("tag"), false);
            }
            for (WorkloadPath path : workload.withoutImages()) {
                ImagePlace passed = new ImagePlace(text(path.steps()), "", null, "", "");
                places.add(passed);
                PlaceNode node = tree;
                for (String step : path.steps()) {
                    node = step(node, step);
                }
                addOnce(node.passed, passed);
            }
            for (WorkloadPath path : workload.helmValues()) {
                values(tree, path);
            }
        }

        private static ImagePlace containers(WorkloadPath path) {
            return place(steps(path, CONTAINERS, WorkloadPath.EACH, "image"), path.toString(), ContainerType.CONTAINER);
        }

        private static ImagePlace place(List<String> steps, String podSpec, @Nullable ContainerType type) {
            int innermost = steps.lastIndexOf(WorkloadPath.EACH);
            return new ImagePlace(text(steps), podSpec, type, text(steps.subList(innermost + 1, steps.size())), "");
        }

        private PlaceNode podSpec(PlaceNode tree, WorkloadPath path) {
            container(tree, path, CONTAINERS, ContainerType.CONTAINER);
            container(tree, path, "initContainers", ContainerType.INIT);
            container(tree, path, "ephemeralContainers", ContainerType.EPHEMERAL);
            List<String> volumes = steps(path, "volumes", WorkloadPath.EACH, "image", "reference");
            add(tree, volumes, place(volumes, path.toString(), ContainerType.VOLUME), true);
            return templates(tree, path.steps());
        }

        private void values(PlaceNode tree, WorkloadPath path) {
            ImagePlace place = new ImagePlace(path + ImagePlace.ANYWHERE, "", null, "", "");
            places.add(place);
            PlaceNode node = tree;
            for (String step : path.steps()) {
                addOnce(node.places, place);
                node = step(node, step);
            }
            addOnce(node.places, place);
            addOnce(node.values, place);
        }

        private void container(PlaceNode tree, WorkloadPath path, String list, ContainerType type) {
            List<String> steps = steps(path, list, WorkloadPath.EACH, "image");
            add(tree, steps, place(steps, path.toString(), type), true);
        }

        private static List<String> steps(WorkloadPath path, String... more) {
            List<String> steps = new ArrayList<>(path.steps());
            steps.addAll(List.of(more));
            return steps;
        }

        private void add(PlaceNode tree, List<String> steps, ImagePlace place, boolean required) {
            int innermost = steps.lastIndexOf(WorkloadPath.EACH);
            places.add(place);
            PlaceNode node = tree;
            PlaceNode parent = tree;
            addOnce(node.places, place);
            for (int i = 0; i < steps.size(); i++) {
                if (required && i == innermost) {
                    addOnce(node.lists, place);
                }
                parent = node;
                node = step(node, steps.get(i));
                addOnce(node.places, place);
                node.isNamed |= i == innermost;
            }
            addOnce(node.texts, place);
            if (required) {
                addOnce(parent.required, place);
            }
        }

        private static PlaceNode step(PlaceNode node, String step) {
            return step.equals(WorkloadPath.EACH) ? node.each() : node.field(step);
        }

        private static void addOnce(List<ImagePlace> places, ImagePlace place) {
            if (!places.contains(place)) {
                places.add(place);
            }
        }

        /**
         * Each object on the path whose specification the path enters, but for the whole object, is a template.
         *
         * @return the end of the path
         */
        private PlaceNode templates(PlaceNode tree, List<String> steps) {
            PlaceNode node = tree;
            for (int i = 0; i < steps.size(); i++) {
                if (i > 0 && steps.get(i).equals("spec")) {
                    TemplatePlace template = new TemplatePlace(text(steps.subList(0, i)), i == steps.size() - 1);
                    places.add(template);
                    if (!node.templates.contains(template)) {
                        node.templates.add(template);
                    }
                }
                node = step(node, steps.get(i));
            }
            return node;
        }

        private static String text(List<String> steps) {
            StringBuilder text = new StringBuilder();
            for (String step : steps) {
                text.append(text.isEmpty() || step.equals(WorkloadPath.EACH) ? "" : ".")
                        .append(step);
            }
            return text.toString();
        }
    }
}
