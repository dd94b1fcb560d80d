package io.imagegate.input.gitlab;

import io.imagegate.input.gitlab.GitlabConfiguration.Placed;
import io.imagegate.input.gitlab.GitlabVariables.Expanded;
import io.imagegate.input.tree.FoundImages;
import io.imagegate.syntax.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The search for the images of one configuration of GitLab CI. Not thread-safe. */
final class GitlabImages {

    private static final Set<String> NO_JOBS = Set.of(
            "default",
            "include",
            "stages",
            "types",
            "variables",
            "workflow",
            "image",
            "services",
            "cache",
            "before_script",
            "after_script",
            "spec");

    /** Most references from services to other services. */
    private static final int DEEPEST = 10;

    private final GitlabConfiguration configuration;
    private final FoundImages found;
    private final Set<Place> seen = new HashSet<>();
    /** What {@code default} and the documents say of all jobs. */
    private @Nullable Decided ofAllImage;

    private @Nullable Decided ofAllServices;
    private String title = "";
    private String file = "";

    /** An image that is made of a text. */
    private record Place(String file, int offset, String image) {}

    /**
     * A value.
     *
     * @param isOwn whether it is written in the job itself
     * @param isInput whether it is an input that stands for all services
     */
    private record Value(Placed value, boolean isOwn, boolean isInput) {}

    /** What decides of the image of a job, or of its services; it may have none. */
    private record Decided(List<Value> values) {}

    /**
     * What images and services are looked up in, with the variables of the job.
     *
     * @param layers own values first
     * @param own how many of them are
     * @param inheritsImage whether it has the image of all jobs if there is no other
     * @param inheritsServices whether it has the services of all jobs if there are no others
     */
    private record Job(
            List<Placed> layers,
            int own,
            GitlabVariables variables,
            boolean isShared,
            boolean inheritsImage,
            boolean inheritsServices) {

        Job(List<Placed> layers, int own, GitlabVariables variables, boolean isShared) {
            this(layers, own, variables, isShared, false, false);
        }
    }

    GitlabImages(GitlabConfiguration configuration, FoundImages found) {
        this.configuration = configuration;
        this.found = found;
    }

    /** Finds what is shared first, so that it is found where it is written. */
    void find() {
        GitlabVariables variables = new GitlabVariables(configuration, List.of());
        List<Placed> defaults = configuration.layers("default");
        images("default", new Job(defaults, defaults.size(), variables, true));
        List<Placed> all = configuration.ofAllJobs();
        List<Placed> both = new ArrayList<>(defaults);
        both.addAll(all);
        ofAllImage = image(both, 0);
        ofAllServices = services(both, 0);
        images("all jobs", new Job(all, all.size(), variables, true));
        for (String name : configuration.names()) {
            if (name.startsWith(".")) {
                List<Placed> layers = configuration.layers(name);
                images(
                        "hidden job " + name,
                        new Job(
                                layers,
                                configuration.entries(name).size(),
                                new GitlabVariables(configuration, List.copyOf(layers)),
                                true));
            }
        }
        for (String name : configuration.names()) {
            if (!name.startsWith(".") && !NO_JOBS.contains(name)) {
                List<Placed> layers = configuration.layers(name);
                Placed inherit = configuration.value(layers, "inherit");
                Placed inherited = inherit == null ? null : configuration.resolved(inherit.field("default"));
                images(
                        "job " + name,
                        new Job(
                                layers,
                                configuration.entries(name).size(),
                                new GitlabVariables(configuration, List.copyOf(layers)),
                                false,
                                inherits(inherited, "image"),
                                inherits(inherited, "services")));
            }
            if (configuration.isConditional()) {
                overridden(name);
            }
        }
    }

    /** {@return whether a job has a field of {@code default}, by what it says about that: a boolean or names of fields} */
    private static boolean inherits(@Nullable Placed inherited, String field) {
        if (inherited == null || !inherited.node().isArray()) {
            return inherited == null || !inherited.node().text().equals("false");
        }
        return inherited.node().elements().stream()
                .anyMatch(element -> element.text().equals(field));
    }

    /** The values of a file count if that which overrides them is not included. */
    private void overridden(String name) {
        List<Placed> own = configuration.entries(name);
        for (int i = 1; i < own.size() && !NO_JOBS.contains(name); i++) {
            List<Placed> layer = List.of(own.get(i));
            images("job " + name, new Job(layer, 1, new GitlabVariables(configuration, layer), false));
        }
    }

    private void images(String job, Job values) {
        title = job;
        file = "";
        Decided image = image(values.layers, values.own);
        if (image == null && values.inheritsImage) {
            image = ofAllImage;
        }
        if (image != null) {
            image.values.forEach(value -> add("image", value, values));
        }
        Decided services = services(values.layers, values.own);
        if (services == null && values.inheritsServices) {
            services = ofAllServices;
        }
        List<Value> all = services == null ? List.of() : services.values;
        boolean isText = all.size() == 1 && all.get(0).isInput;
        for (int service = 0; service < all.size(); service++) {
            add(isText ? "services" : "services[" + service + "]", all.get(service), values);
        }
    }

    /** {@return the image in layers; null if they have none} The name of an image may be in another layer than its other fields. */
    private @Nullable Decided image(List<Placed> layers, int own) {
        for (int i = 0; i < layers.size(); i++) {
            Placed written = layers.get(i).field("image");
            if (written == null) {
                continue;
            }
            Placed value = configuration.resolve(written, 0);
            Placed name = value == null ? null : name(value);
            if (value == null || name != null) {
                return new Decided(
                        name == null
                                ? List.of()
                                : List.of(new Value(
                                        name, i < own && written.node().tag().isEmpty(), false)));
            }
        }
        return null;
    }

    /** {@return the text that is the name of an image; null if there is none} */
    private @Nullable Placed name(Placed image) {
        Placed name = image.node().isObject() ? image.field("name") : image;
        Placed text = name == null ? null : configuration.resolve(name, 0);
        if (text != null && !text.node().isScalar()) {
            found.problem(text.file(), text.node(), "expected an image, or an object with the name of one");
            return null;
        }
        return text;
    }

    /** {@return the services in layers; null if they have none} */
    private @Nullable Decided services(List<Placed> layers, int own) {
        for (int i = 0; i < layers.size(); i++) {
            Placed written = layers.get(i).field("services");
            if (written != null) {
                Placed value = configuration.resolve(written, 0);
                List<Value> all = new ArrayList<>();
                if (value != null
                        && value.node().isScalar()
                        && value.node().text().contains("$[[")) {
                    all.add(new Value(value, i < own, true));
                } else if (value != null) {
                    addServices(value, i < own && written.node().tag().isEmpty(), all, 0);
                }
                return new Decided(all);
            }
        }
        return null;
    }

    /** A reference among services stands for a list of them. */
    private void addServices(Placed services, boolean isOwn, List<Value> all, int depth) {
        Node node = services.node();
        if (!node.isArray() || depth == DEEPEST) {
            found.problem(services.file(), node, "services: expected an array of images");
            return;
        }
        if (!configuration.lookups.take(node.elements().size())) {
            return;
        }
        for (Node element : node.elements()) {
            Placed service = configuration.resolve(services.at(element), 0);
            if (service != null && service.node().isArray()) {
                addServices(service, false, all, depth + 1);
            } else if (service != null) {
                Placed name = name(service);
                if (name == null) {
                    found.problem(service.file(), service.node(), "services: expected the name of an image");
                } else {
                    all.add(new Value(name, isOwn && element.tag().isEmpty(), false));
                }
            }
        }
    }

    private void add(String path, Value image, Job job) {
        Node text = image.value().node();
        // Of too many images, the problem is recorded.
        if (!configuration.lookups.take(1)) {
            return;
        }
        Expanded expanded = job.variables().expand(image.value());
        boolean isUnknown = expanded.unknown() != null;
        if (text.text().isEmpty() || (isUnknown && job.isShared())) {
            return;
        }
        boolean isFirst =
                seen.add(new Place(image.value().file(), text.offset(), isUnknown ? "unknown" : expanded.text()));
        if (!isFirst && !image.isOwn()) {
            return;
        }
        if (!file.equals(image.value().file())) {
            file = image.value().file();
            found.object(file, title, text);
        }
        if (expanded.unknown() != null) {
            found.unknown(path, text, expanded.unknown());
        } else if (expanded.text().equals(text.text())) {
            found.image(path, text, 0);
        } else {
            found.image(path, text, expanded.text());
        }
    }
}
