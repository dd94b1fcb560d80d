package io.imagegate.manifest;

import io.imagegate.manifest.GitlabConfiguration.Placed;
import io.imagegate.manifest.GitlabVariables.Expanded;
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
    private String title = "";
    private String file = "";

    /** An image that is made of a text. */
    private record Place(String file, int offset, String image) {}

    /** A value, and whether it is written in the job itself. */
    private record Value(Placed value, boolean isOwn) {}

    /**
     * What images and services are looked up in: own values first, then those that are inherited, with the variables of the job.
     */
    private record Job(
            List<Placed> images, List<Placed> services, int own, GitlabVariables variables, boolean isShared) {

        Job(List<Placed> layers, int own, GitlabVariables variables, boolean isShared) {
            this(layers, layers, own, variables, isShared);
        }

        /** {@return the same job with what it inherits} */
        Job with(List<Placed> otherImages, List<Placed> otherServices) {
            return new Job(joined(images, otherImages), joined(services, otherServices), own, variables, isShared);
        }

        private static List<Placed> joined(List<Placed> own, List<Placed> inherited) {
            List<Placed> all = new ArrayList<>(own);
            all.addAll(inherited);
            return all;
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
        List<Placed> shared = Job.joined(defaults, all);
        images("all jobs", new Job(all, all.size(), variables, true));
        for (String name : configuration.names()) {
            if (name.startsWith(".")) {
                images("hidden job " + name, job(configuration.layers(name), name, true));
            }
        }
        for (String name : configuration.names()) {
            if (!name.startsWith(".") && !NO_JOBS.contains(name)) {
                List<Placed> layers = configuration.layers(name);
                Placed inherit = configuration.value(layers, "inherit");
                Placed inherited = inherit == null ? null : configuration.resolved(inherit.field("default"));
                images(
                        "job " + name,
                        job(layers, name, false)
                                .with(
                                        inherits(inherited, "image") ? shared : List.of(),
                                        inherits(inherited, "services") ? shared : List.of()));
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

    private Job job(List<Placed> layers, String name, boolean isShared) {
        return new Job(
                layers,
                configuration.entries(name).size(),
                new GitlabVariables(configuration, List.copyOf(layers)),
                isShared);
    }

    private void images(String job, Job values) {
        title = job;
        file = "";
        Value image = image(values);
        if (image != null) {
            add("image", image, values);
        }
        services(values);
    }

    /** The name of an image may be in another layer than its other fields. */
    private @Nullable Value image(Job job) {
        for (int i = 0; i < job.images().size(); i++) {
            Placed written = job.images().get(i).field("image");
            if (written == null) {
                continue;
            }
            Placed value = configuration.resolve(written, 0);
            Placed name = value == null ? null : name(value);
            if (value == null || name != null) {
                return name == null
                        ? null
                        : new Value(name, i < job.own() && written.node().tag().isEmpty());
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

    private void services(Job job) {
        for (int i = 0; i < job.services().size(); i++) {
            Placed written = job.services().get(i).field("services");
            if (written != null) {
                Placed value = configuration.resolve(written, 0);
                List<Value> all = new ArrayList<>();
                if (value != null
                        && value.node().isScalar()
                        && value.node().text().contains("$[[")) {
                    add("services", new Value(value, i < job.own()), job);
                } else if (value != null) {
                    addServices(value, i < job.own() && written.node().tag().isEmpty(), all, 0);
                }
                for (int service = 0; service < all.size(); service++) {
                    add("services[" + service + "]", all.get(service), job);
                }
                return;
            }
        }
    }

    /** A reference among services stands for a list of them. */
    private void addServices(Placed services, boolean isOwn, List<Value> all, int depth) {
        Node node = services.node();
        if (!node.isArray() || depth == DEEPEST) {
            found.problem(services.file(), node, "services: expected an array of images");
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
                    all.add(new Value(name, isOwn && element.tag().isEmpty()));
                }
            }
        }
    }

    private void add(String path, Value image, Job job) {
        Node text = image.value().node();
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
