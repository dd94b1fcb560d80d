package io.imagegate.input.gitlab;

import io.imagegate.input.InputException;
import io.imagegate.input.place.UnreadParts;
import io.imagegate.input.tree.FoundImages;
import io.imagegate.input.tree.TreeInput;
import io.imagegate.input.tree.WorkBudget;
import io.imagegate.syntax.Node;
import io.imagegate.syntax.ValueType;
import io.imagegate.text.SafeText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A configuration of GitLab CI: a file, and the local files that it includes, whose values it overrides. Values are looked up where
 * GitLab finds them: in a job, in those that it extends, and behind {@code !reference}. Not thread-safe.
 */
final class GitlabConfiguration {

    static final String REFERENCE = "!reference";

    private static final Set<String> IMAGES = Set.of("image", "services");

    /** As GitLab limits them. */
    private static final int MOST_INCLUDES = 150;

    private static final int DEEPEST = 11;
    private static final int MOST_STEPS = 200_000;
    private static final int MOST_NAMES = 1_000_000;
    private static final int MOST_LOOKUPS = 2_000_000;
    private static final int MOST_BYTES = 32 << 20;

    /** For rules and names of variables: rules that many jobs share could be long. */
    final WorkBudget names;

    /** For places of images and of their variables: jobs that share long texts or extend many others could need any number. */
    final WorkBudget lookups;

    /** For values behind extends and !reference: templates that extend each other several times could stand for any number. */
    private final WorkBudget steps;

    private final FoundImages found;
    private final UnreadParts unread;
    private final @Nullable Path folder;
    private final Set<Included> files = new HashSet<>();
    private final Map<String, List<Path>> globs = new HashMap<>();
    private final Set<Included> children = new LinkedHashSet<>();
    /** Values of each top-level field: that which overrides the others first. */
    private final Map<String, List<Placed>> entries = new LinkedHashMap<>();

    private final List<Placed> ofAllJobs = new ArrayList<>();

    private @Nullable Set<String> ofWorkflow;
    private boolean isConditional;
    private long bytes;

    /** Variables of all jobs; empty for one to which several files may give values. */
    private @Nullable Map<String, Optional<Placed>> ofAll;

    /** A value, the file that it is written in, and the inputs of this file. */
    record Placed(String file, Node node, GitlabInputs inputs) {

        Placed at(Node other) {
            return new Placed(file, other, inputs);
        }

        /** {@return the value of a field; null if there is none} */
        @Nullable
        Placed field(String name) {
            Node field = node.isObject() ? node.field(name) : null;
            return field == null || field.type() == ValueType.NULL ? null : at(field);
        }
    }

    /** A file, and the inputs that are given to it. */
    record Included(Path file, GitlabInputs inputs) {}

    /**
     * Creates a configuration.
     *
     * @param folder where the names of local files start; null for a stream, whose includes are not read
     * @param found called with what is wrong
     * @param unread told what is included and not read
     */
    GitlabConfiguration(@Nullable Path folder, FoundImages found, UnreadParts unread) {
        this.names = new WorkBudget(
                MOST_NAMES,
                "expected " + MOST_NAMES + " rules and names of their variables in all jobs at most",
                found);
        this.lookups = new WorkBudget(
                MOST_LOOKUPS, "images and their variables are in too many places: expected fewer jobs", found);
        this.steps = new WorkBudget(
                MOST_STEPS, "expected " + MOST_STEPS + " values behind extends and !reference at most", found);
        this.found = found;
        this.unread = unread;
        this.folder = folder;
    }

    /** {@return the names of all jobs, hidden jobs and keywords} */
    Set<String> names() {
        return entries.keySet();
    }

    /** {@return whether a file is included under a condition, so that it may override the values of others or not} */
    boolean isConditional() {
        return isConditional;
    }

    /** {@return the files that were read} */
    Set<Path> files() {
        return files.stream().map(Included::file).collect(Collectors.toSet());
    }

    /** {@return all values of a top-level field, that which overrides the others first} */
    List<Placed> entries(String name) {
        return entries.getOrDefault(name, List.of());
    }

    /** {@return what documents of all files say of images of all jobs, that which overrides the others first} */
    List<Placed> ofAllJobs() {
        return ofAllJobs;
    }

    /** Adds a file, and those that it includes. */
    void addFile(Path file, GitlabInputs inputs) throws IOException, InputException {
        if (!files.add(new Included(file.toRealPath(), inputs))) {
            return;
        }
        if (files.size() > MOST_INCLUDES + 1) {
            throw new InputException(file.toString(), 1, 1, "expected " + MOST_INCLUDES + " included files at most");
        }
        add(file.toString(), read(file), inputs);
    }

    /** Adds the documents of a file, and those of the files that it includes. */
    void add(String file, List<Node> documents, GitlabInputs given) {
        GitlabInputs inputs = given;
        for (int i = 0; i < documents.size(); i++) {
            Node document = documents.get(i);
            if (!document.isObject()) {
                found.problem(file, document, "expected an object, got " + document.type());
                continue;
            }
            // The first of two documents has the inputs of the second.
            Placed whole = new Placed(file, document, inputs);
            Placed spec = i == 0 && documents.size() > 1 ? whole.field("spec") : null;
            if (spec != null) {
                inputs = given.declaredBy(spec.field("inputs"));
                continue;
            }
            requireTags(file, document);
            Node images = withFields(document, IMAGES);
            if (!images.fields().isEmpty()) {
                ofAllJobs.add(whole.at(images));
            }
            for (Node.Field field : document.fields()) {
                entries.computeIfAbsent(GitlabInputs.text(whole.at(field.name())), name -> new ArrayList<>())
                        .add(whole.at(field.value()));
            }
            Placed include = whole.field("include");
            if (include != null) {
                include(include, this::addInclude);
            }
        }
    }

    /** {@return an object with some of its fields} Each job looks for them, and a document has a field for each job. */
    private static Node withFields(Node object, Set<String> names) {
        List<Node.Field> fields = object.fields().stream()
                .filter(field -> names.contains(field.name().text()))
                .toList();
        return new Node(
                object.type(),
                object.tag(),
                object.text(),
                object.line(),
                object.column(),
                object.offset(),
                object.textStart(),
                object.range(),
                fields,
                List.of());
    }

    /** GitLab ignores other tags, and what has one here is no object, array or text. */
    private void requireTags(String file, Node document) {
        Deque<Node> left = new ArrayDeque<>();
        for (Node node = document; node != null; node = left.poll()) {
            if (!node.tag().isEmpty() && !node.tag().equals(REFERENCE)) {
                found.problem(file, node, "expected no tag, or !reference [JOB, FIELD]");
            }
            node.fields().forEach(field -> left.push(field.value()));
            node.elements().forEach(left::push);
        }
    }

    /** Calls back with each local file that is included, the last first, because it overrides those before. */
    private void include(Placed include, BiConsumer<Placed, GitlabInputs> local) {
        List<Node> elements = include.node().isArray() ? include.node().elements() : List.of(include.node());
        for (int i = elements.size() - 1; i >= 0; i--) {
            Node element = elements.get(i);
            Node file = element.isObject() ? element.field("local") : element;
            isConditional |= element.field("rules") != null;
            if (file != null
                    && file.isText()
                    && (element.isObject() || !file.text().contains("://"))) {
                local.accept(include.at(file), GitlabInputs.of(include.at(element)));
            } else {
                unread(include.at(element));
            }
        }
    }

    private void unread(Placed include) {
        Node node = include.node();
        String name = node.isScalar() ? node.text() : node.fields().isEmpty() ? "" : first(node);
        unread.include(include.file() + ":" + node.line() + ": " + SafeText.quote(name, FoundImages.SHOWN));
    }

    private static String first(Node include) {
        Node.Field field = include.fields().get(0);
        return field.name().text() + ": " + field.value().text();
    }

    private void addInclude(Placed name, GitlabInputs inputs) {
        List<Path> files = local(name);
        GitlabInputs all = ofGlob(name, inputs);
        for (int i = files.size() - 1; i >= 0; i--) {
            try {
                addFile(files.get(i), all);
            } catch (IOException unreadable) {
                missing(name);
            } catch (InputException problem) {
                found.problem(problem);
            }
        }
    }

    /**
     * {@return files below the folder of this configuration; none if there is none, which is recorded} GitLab expands variables of
     * projects and groups alone in these names.
     */
    private List<Path> local(Placed name) {
        String text = GitlabInputs.text(name);
        if (folder == null || text.contains("$")) {
            unread(name);
            return List.of();
        }
        String path = text.startsWith("/") ? text.substring(1) : text;
        try {
            if (path.contains("*")) {
                return glob(name, folder, path);
            }
            Path file = folder.resolve(Path.of(path).normalize());
            if (file.toRealPath().startsWith(folder.toRealPath())) {
                return List.of(file);
            }
            found.problem(name.file(), name.node(), "include: expected a file below the folder of " + found.file());
        } catch (InvalidPathException | IOException missing) {
            missing(name);
        }
        return List.of();
    }

    /** {@return the files that a glob matches} Each glob is a walk through the folder. */
    private List<Path> glob(Placed name, Path in, String glob) throws IOException {
        List<Path> known = globs.get(glob);
        if (known == null && globs.size() == MOST_INCLUDES) {
            found.problem(name.file(), name.node(), "include: expected " + MOST_INCLUDES + " names with * at most");
            return List.of();
        }
        if (known == null) {
            known = List.copyOf(GitlabGlob.files(in, glob));
            globs.put(glob, known);
        }
        return known;
    }

    private void missing(Placed name) {
        found.problem(
                name.file(),
                name.node(),
                "include: " + SafeText.quote(name.node().text(), FoundImages.SHOWN)
                        + " cannot be read: expected a file");
    }

    private List<Node> read(Path file) throws IOException, InputException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("no file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = TreeInput.content(file.toString(), in);
            bytes += content.length;
            if (bytes > MOST_BYTES) {
                throw new InputException(
                        file.toString(), 1, 1, "expected " + MOST_BYTES + " bytes of included files at most");
            }
            return TreeInput.yaml(file.toString(), content);
        }
    }

    /** {@return the local files of pipelines that jobs start} */
    Set<Included> children() {
        for (String name : entries.keySet()) {
            for (Placed job : entries(name)) {
                Placed trigger = resolved(job.field("trigger"));
                Placed include = resolved(trigger == null ? null : trigger.field("include"));
                if (include != null) {
                    include(include, this::addChild);
                }
            }
        }
        return children;
    }

    private void addChild(Placed name, GitlabInputs inputs) {
        GitlabInputs all = ofGlob(name, inputs);
        local(name).forEach(file -> children.add(new Included(file, all)));
    }

    /** Versions of GitLab differ in whether files that a glob matches have the inputs. */
    private static GitlabInputs ofGlob(Placed name, GitlabInputs inputs) {
        return inputs != GitlabInputs.NONE && name.node().text().contains("*") ? GitlabInputs.UNKNOWN : inputs;
    }

    /** {@return what a job is made of: its own values, and those of the jobs that it extends; what overrides others first} */
    List<Placed> layers(String job) {
        List<Placed> layers = new ArrayList<>();
        addLayers(job, 0, layers);
        return layers;
    }

    private void addLayers(String job, int depth, List<Placed> layers) {
        Placed extended = null;
        for (Placed own : entries(job)) {
            if (!steps.take(1, own.file(), own.node())) {
                return;
            }
            if (depth > DEEPEST) {
                found.problem(own.file(), own.node(), "extends: expected " + DEEPEST + " levels at most");
                return;
            }
            Node node = own.node();
            if (node.tag().equals(REFERENCE) && node.elements().size() == 1) {
                addLayers(node.elements().get(0).text(), depth + 1, layers);
                continue;
            }
            Placed layer = resolve(own, depth);
            if (layer != null) {
                layers.add(layer);
                extended = extended == null ? layer.field("extends") : extended;
            }
        }
        if (extended == null) {
            return;
        }
        extended = GitlabInputs.value(extended);
        Node names = extended.node();
        List<Node> all = names.isArray() ? names.elements() : List.of(names);
        for (int i = all.size() - 1; i >= 0; i--) {
            Node name = all.get(i);
            String text = GitlabInputs.text(extended.at(name));
            if (!name.isScalar() || entries(text).isEmpty()) {
                found.problem(
                        extended.file(),
                        name,
                        "extends: expected the name of a job, got " + SafeText.quote(text, FoundImages.SHOWN));
            } else {
                addLayers(text, depth + 1, layers);
            }
        }
    }

    /** {@return the names of variables to which rules of the whole pipeline give values} */
    Set<String> workflowVariables() {
        if (ofWorkflow == null) {
            ofWorkflow = GitlabVariables.ofWorkflow(this);
        }
        return ofWorkflow;
    }

    /** {@return a variable of all jobs; null if it has no value that is known} A file under a condition may override one or not. */
    @Nullable
    Placed variable(String name) {
        if (ofAll == null) {
            Map<String, Optional<Placed>> all = new HashMap<>();
            for (Placed variables : entries("variables")) {
                Placed object = resolved(variables);
                if (object != null) {
                    addVariables(object, all);
                }
            }
            ofAll = all;
        }
        return ofAll.getOrDefault(name, Optional.empty()).orElse(null);
    }

    private void addVariables(Placed object, Map<String, Optional<Placed>> all) {
        for (Node.Field field : object.node().fields()) {
            if (field.name().isText()) {
                Optional<Placed> value = Optional.of(object.at(field.value()));
                all.merge(field.name().text(), value, (first, other) -> isConditional ? Optional.empty() : first);
            }
        }
    }

    /** {@return the value of a field in the first layer that has it, with references followed; null if there is none} */
    @Nullable
    Placed value(List<Placed> layers, String field) {
        for (Placed layer : layers) {
            Placed value = layer.field(field);
            if (value != null) {
                return resolve(value, 0);
            }
        }
        return null;
    }

    /** {@return the value that a reference stands for; null if it stands for none, or there is no value} */
    @Nullable
    Placed resolved(@Nullable Placed value) {
        return value == null ? null : resolve(value, 0);
    }

    /** {@return the value that a reference stands for; null if it stands for none} */
    @Nullable
    Placed resolve(Placed value, int depth) {
        Node node = value.node();
        if (node.tag().isEmpty()) {
            return GitlabInputs.value(value);
        }
        boolean hasRoom = steps.take(1, value.file(), node);
        if (!node.tag().equals(REFERENCE)
                || node.elements().size() < 2
                || !node.elements().stream().allMatch(Node::isScalar)) {
            found.problem(value.file(), node, "expected no tag, or !reference [JOB, FIELD]");
            return null;
        }
        if (depth >= DEEPEST || !hasRoom) {
            found.problem(value.file(), node, "!reference: expected " + DEEPEST + " levels at most");
            return null;
        }
        List<Node> path = node.elements();
        Placed at = null;
        List<Placed> layers = new ArrayList<>();
        addLayers(path.get(0).text(), depth + 1, layers);
        for (Placed layer : layers) {
            at = layer.field(path.get(1).text());
            if (at != null) {
                break;
            }
        }
        for (int i = 2; at != null && i <= path.size(); i++) {
            Placed resolved = resolve(at, depth + 1);
            at = i == path.size() || resolved == null
                    ? resolved
                    : resolved.field(path.get(i).text());
        }
        if (at == null) {
            found.problem(value.file(), node, "!reference: expected the path of a value");
        }
        return at;
    }
}
