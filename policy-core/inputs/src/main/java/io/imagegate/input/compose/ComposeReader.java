package io.imagegate.input.compose;

import io.imagegate.input.InputException;
import io.imagegate.input.InputImage;
import io.imagegate.input.InputListener;
import io.imagegate.input.InputObject;
import io.imagegate.input.dockerfile.DockerfileReader;
import io.imagegate.input.place.UnreadParts;
import io.imagegate.input.place.Variables;
import io.imagegate.review.ReviewedImage;
import io.imagegate.syntax.Node;
import io.imagegate.syntax.ValueType;
import io.imagegate.text.SafeText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The images of the services of a Compose file, and of files that it includes. Used for one file. Not thread-safe. */
final class ComposeReader {

    /** Most services that are read, with those that others extend, and most images. */
    private static final int MOST = 10_000;

    private static final int DEEPEST = 32;
    private static final int SHOWN = 60;
    private static final String IMAGE_CONTEXT = "docker-image://";
    private static final String SERVICE_CONTEXT = "service:";
    private static final String CONTEXTS = "additional_contexts";
    private static final String SBOM = "sbom";
    private static final String CACHES = "cache_from";
    private static final String CACHED_IMAGE = "ref=";
    private static final String GENERATOR = "generator=";

    private final ComposeFiles files;
    private final Consumer<InputObject> objects;
    private final UnreadParts unread;
    /** Whether the images of a file are found here, of those that were read. */
    private final Map<ComposeFile, Boolean> seen = new HashMap<>();

    private final List<Read> read = new ArrayList<>();
    private final Map<String, Built> built = new HashMap<>();
    /** The values that are images: equal ones are other values, also by an alias. */
    private final Set<Node> images = Collections.newSetFromMap(new IdentityHashMap<>());

    /** The file that the one that is read overrides; null if it overrides none. */
    private @Nullable ComposeFile overridden;

    private int services;
    private int count;

    /** An image, where it is written. */
    private record Found(
            Place place, String path, String text, @Nullable String missing, int offset) {}

    /**
     * Where an image is written.
     *
     * @param file the file
     * @param value its value in a Compose file; null in a Dockerfile
     */
    private record Place(String file, int line, int column, ComposeBuild.@Nullable Written value) {

        static Place of(ComposeFile file, Node node) {
            return new Place(file.name(), node.line(), node.column(), new ComposeBuild.Written(file, node, ""));
        }

        /** {@return whether this is a value of a file whose text stands nowhere else} */
        boolean isAlone(ComposeFile root, Set<Integer> others) {
            return value != null
                    && value.file() == root
                    && !others.contains(value.node().offset());
        }
    }

    /** A service with what it has from others. */
    private static final class Service {
        @Nullable
        Found image;

        /** Images but that of the service, by the field in which they are. */
        final Map<String, List<Found>> others = new LinkedHashMap<>();

        ComposeBuild build = new ComposeBuild();

        /** Contexts of the build that are not read. */
        final List<ComposeBuild.Written> contexts = new ArrayList<>();

        /** Forgets the images that are found where the file is read in which they are. */
        void setFound() {
            image = null;
            others.clear();
            contexts.clear();
            build.setFound();
        }

        void add(String field, Found found) {
            others.computeIfAbsent(field, each -> new ArrayList<>()).add(found);
        }

        /** Forgets the images of fields that have others now. The build has what it has from another service alone. */
        void replace(ComposeTags tags, Node node) {
            image = tags.isReplaced(node, "image") ? null : image;
            others.keySet().removeIf(field -> tags.isReplaced(node, field));
            if (tags.isReplaced(node, "build")) {
                build = new ComposeBuild();
                contexts.clear();
            }
        }
    }

    /** A service that was read. */
    private record Read(String title, int line, ComposeFile file, Service service) {}

    /** Where a service is built. */
    private record Built(ComposeFile file, Node name) {

        /** {@return whether it is in the same place, also where the file is read again} */
        boolean isAt(ComposeFile other, Node otherName) {
            return file == other
                    ? name.offset() == otherName.offset()
                    : file.path != null && file.path.equals(other.path);
        }
    }

    /**
     * Creates a reader.
     *
     * @param files the files that are read
     * @param objects called with each service that has images
     * @param unread told what may bring images and is not read
     */
    ComposeReader(ComposeFiles files, Consumer<InputObject> objects, UnreadParts unread) {
        this.files = files;
        this.objects = objects;
        this.unread = unread;
    }

    /** Reads a file. Services that were read before an error are passed on, too. */
    void read(ComposeFile file) throws InputException {
        try {
            overridden = files.overridden(file);
            addServices(file, true);
        } finally {
            Set<Integer> others = otherTexts(file);
            read.forEach(service -> pass(service, file, others));
        }
    }

    /** {@return where texts are written that are not images, or not images alone} Fields whose name starts with x- have no effect. */
    private Set<Integer> otherTexts(ComposeFile file) {
        Deque<Node> left = new ArrayDeque<>();
        for (Node document : file.documents) {
            document.fields().stream()
                    .filter(field -> !field.name().text().startsWith("x-"))
                    .forEach(field -> left.push(field.value()));
        }
        Set<Integer> offsets = new HashSet<>();
        for (Node node = left.poll(); node != null; node = left.poll()) {
            if (node.isScalar() && !images.contains(node)) {
                offsets.add(node.offset());
            }
            for (Node.Field field : node.fields()) {
                left.push(field.name());
                left.push(field.value());
            }
            node.elements().forEach(left::push);
        }
        return offsets;
    }

    /**
     * Adds the services of a file.
     *
     * @param found whether their images are found here: those of a file that is read by itself are found there
     */
    private void addServices(ComposeFile file, boolean found) throws InputException {
        Boolean before = seen.get(file);
        if (before != null && (before || !found)) {
            return;
        }
        seen.put(file, found);
        for (Node document : file.documents) {
            for (Node each : file.elements(file.field(document, "include"), "include")) {
                include(file, each, found);
            }
            Node all = file.field(document, "services");
            if (all != null) {
                for (Node.Field field : file.fields(all, "services")) {
                    String name = field.name().text();
                    Service service = new Service();
                    addOverridden(service, name);
                    boolean joined = !service.build.isEmpty();
                    add(service, file, name, field.value(), 0, Set.of());
                    requireKnownJoin(service, file, field, joined);
                    requireBuiltOnce(service, file, field.name());
                    if (found) {
                        if (!service.build.isFound()) {
                            built(service, name);
                        }
                        for (ComposeBuild.Written context : service.contexts) {
                            unread(name, "build context " + context.file().shown(context.node()), context);
                        }
                        read.add(new Read("service " + name, field.name().line(), file, service));
                    }
                }
            }
        }
    }

    /** Compose joins what a service is built from with that of the file that is overridden. Its images are found there. */
    private void addOverridden(Service service, String name) throws InputException {
        ComposeFile base = overridden;
        if (base == null) {
            return;
        }
        for (Node document : base.documents) {
            Node all = base.field(document, "services");
            Node node = all == null ? null : base.field(all, name);
            if (node != null) {
                add(service, base, name, node, 1, Set.of());
            }
        }
        service.setFound();
    }

    private void requireKnownJoin(Service service, ComposeFile file, Node.Field field, boolean joined)
            throws InputException {
        ComposeFile base = overridden;
        if (base == null || service.build.isEmpty() || service.build.isFound()) {
            return;
        }
        boolean extended = joined && file.field(field.value(), "extends") != null;
        boolean included = false;
        for (Node document : base.documents) {
            included |= !joined && base.field(document, "include") != null;
        }
        if (extended || included) {
            throw file.malformed(
                    field.name(),
                    "service " + SafeText.quote(field.name().text(), SHOWN)
                            + (extended
                                    ? " extends another one, and overrides what is built in "
                                    : " may override what is built in files that are included in ")
                            + SafeText.quote(base.name(), SHOWN) + ": check what docker compose config prints");
        }
    }

    private void include(ComposeFile file, Node include, boolean found) throws InputException {
        Node path = include;
        if (include.type() == ValueType.OBJECT) {
            ComposeFields.requireKnown(file, include, "include");
            path = file.field(include, "path");
        }
        List<Node> names = path == null || path.isScalar() ? one(path) : file.elements(path, "path");
        Path folder = null;
        for (Node name : names) {
            if (files.isRemote(file, name)) {
                if (names.size() > 1) {
                    throw file.malformed(name, "expected no other files beside one that Compose fetches");
                }
                if (found) {
                    unread.add(
                            InputListener.INCLUDED,
                            file.name() + ":" + name.line() + ": " + file.shown(name),
                            "expected a local file: check what docker compose config prints");
                }
                return;
            }
            ComposeFiles.Other other = files.included(file, name);
            Path own = other.file().folder();
            if (folder != null && !folder.equals(own)) {
                throw file.malformed(
                        name, "expected the files of one path in one folder: check what docker compose config prints");
            }
            folder = own;
            addServices(other.file(), found && !other.readAlone());
        }
    }

    private static List<Node> one(@Nullable Node node) {
        return node == null ? List.of() : List.of(node);
    }

    /** Compose joins the builds of a service, and versions of it differ in how. */
    private void requireBuiltOnce(Service service, ComposeFile file, Node name) throws InputException {
        if (service.build.isEmpty()) {
            return;
        }
        Built before = built.putIfAbsent(name.text(), new Built(file, name));
        if (before != null && !before.isAt(file, name)) {
            throw file.malformed(
                    name,
                    "service " + SafeText.quote(name.text(), SHOWN) + " is also built in "
                            + SafeText.quote(before.file.name(), SHOWN) + ", line " + before.name.line()
                            + ": check what docker compose config prints");
        }
    }

    /** Passes on a service. Images of the file that is read can be replaced where they are. */
    private void pass(Read of, ComposeFile root, Set<Integer> others) {
        Service service = of.service;
        Map<String, List<InputImage>> byFile = new LinkedHashMap<>();
        List<Found> all = new ArrayList<>();
        // Compose may pull an image that a service also builds.
        if (service.image != null) {
            all.add(service.image);
        }
        service.others.values().forEach(all::addAll);
        for (Found found : all) {
            List<InputImage> written = byFile.computeIfAbsent(found.place.file, each -> new ArrayList<>());
            InputImage image = new InputImage(
                    ReviewedImage.of(found.text, found.path, written.size()).withPath(found.path),
                    found.place.line,
                    found.place.column,
                    of.file == root && found.place.isAlone(root, others) ? found.offset : -1);
            written.add(found.missing == null ? image : image.withUnknown(found.missing));
        }
        byFile.forEach((written, found) -> objects.accept(InputObject.of(
                written, written.equals(of.file.name()) ? of.line : found.get(0).line(), of.title, found)));
    }

    /**
     * Adds what a service has to what it has from the one that it extends.
     *
     * @param tagged services of other files, which extend this one, in which a field has a tag
     */
    private void add(Service service, ComposeFile file, String name, Node node, int depth, Set<String> tagged)
            throws InputException {
        if (++services > MOST) {
            throw file.malformed(node, "expected " + MOST + " services at most, with those that others extend");
        }
        if (depth > DEEPEST) {
            throw file.malformed(node, "extends: expected " + DEEPEST + " levels at most");
        }
        ComposeFields.requireKnown(file, node, "service");
        Node extended = file.field(node, "extends");
        if (extended != null) {
            if (tagged.contains(name)) {
                throw file.malformed(
                        extended,
                        "extends: the tags of another service " + SafeText.quote(name, SHOWN)
                                + " may change this one: check what docker compose config prints");
            }
            extend(service, file, extended, depth, tagged);
        }
        service.replace(file.tags, node);
        String path = "services." + name;
        Node image = file.field(node, "image");
        if (image != null) {
            service.image = found(file, image, path + ".image", 0);
        }
        Node build = file.field(node, "build");
        if (build != null) {
            if (build.type() == ValueType.OBJECT) {
                ComposeFields.requireKnown(file, build, "build");
            }
            service.build.add(file, build, path + ".build");
            contexts(service, file, build, path + ".build");
            if (build.type() == ValueType.OBJECT) {
                caches(service, file, build, path + ".build." + CACHES);
                generator(service, file, file.field(build, SBOM), path + ".build." + SBOM);
            }
        }
        int index = 0;
        for (Node volume : file.elements(file.field(node, "volumes"), "volumes")) {
            if (volume.type() == ValueType.OBJECT) {
                ComposeFields.requireKnown(file, volume, "volume");
                Node type = file.field(volume, "type");
                Node source = file.field(volume, "source");
                if (type != null && source != null && isImage(file.text(type, "type"))) {
                    service.add("volumes", found(file, source, path + ".volumes[" + index + "].source", 0));
                }
            }
            index++;
        }
        index = 0;
        for (Node hook : file.elements(file.field(node, "pre_start"), "pre_start")) {
            ComposeFields.requireKnown(file, hook, "pre_start");
            Node own = file.field(hook, "image");
            if (own != null) {
                service.add("pre_start", found(file, own, path + ".pre_start[" + index + "].image", 0));
            }
            index++;
        }
    }

    private static boolean isImage(Variables.Value type) {
        return type.missing() != null || type.text().toString().equals("image");
    }

    private void extend(Service service, ComposeFile file, Node extended, int depth, Set<String> tagged)
            throws InputException {
        if (!extended.isScalar()) {
            ComposeFields.requireKnown(file, extended, "extends");
        }
        Node name = extended.isScalar() ? extended : file.field(extended, "service");
        Node other = extended.isScalar() ? null : file.field(extended, "file");
        if (name == null) {
            throw file.malformed(extended, "extends: expected the name of a service");
        }
        Variables.Value wantedName = file.text(name, "extends");
        if (wantedName.missing() != null) {
            throw file.malformed(name, "extends: expected the name of a service without variables");
        }
        ComposeFiles.Other base = other == null ? new ComposeFiles.Other(file, false) : files.extended(file, other);
        ComposeFile from = base.file();
        Set<String> outer = new HashSet<>(tagged);
        if (from != file) {
            outer.addAll(file.tags.services());
        }
        String wanted = wantedName.text().toString();
        boolean found = false;
        for (Node document : from.documents) {
            Node all = from.field(document, "services");
            Node node = all == null ? null : from.field(all, wanted);
            if (node != null) {
                found = true;
                add(service, from, wanted, node, depth + 1, outer);
            }
        }
        if (base.readAlone()) {
            service.setFound();
        }
        if (!found) {
            throw file.malformed(
                    name,
                    "extends: no service " + SafeText.quote(wanted, SHOWN) + " in "
                            + SafeText.quote(from.name(), SHOWN));
        }
    }

    private void contexts(Service service, ComposeFile file, Node build, String path) throws InputException {
        Node contexts = build.type() == ValueType.OBJECT ? file.field(build, CONTEXTS) : null;
        if (file.tags.isReplaced(build, CONTEXTS)) {
            service.others.remove("build");
            service.contexts.clear();
        }
        if (contexts == null) {
            return;
        }
        boolean isObject = contexts.type() == ValueType.OBJECT;
        List<Node> values = isObject
                ? file.fields(contexts, CONTEXTS).stream()
                        .map(Node.Field::value)
                        .toList()
                : file.elements(contexts, CONTEXTS);
        for (Node value : values) {
            Variables.Value context = file.text(value, CONTEXTS);
            int start = context.text().indexOf(IMAGE_CONTEXT);
            if (start >= 0 || context.missing() != null) {
                service.add("build", found(file, value, path + ".additional_contexts", start + IMAGE_CONTEXT.length()));
                continue;
            }
            String text = context.text().toString();
            String folder = isObject ? text : text.substring(text.indexOf('=') + 1);
            // A service is judged where it is.
            if (!folder.startsWith(SERVICE_CONTEXT) && !ComposeFiles.isLocal(folder)) {
                requireFew(Place.of(file, value));
                service.contexts.add(new ComposeBuild.Written(file, value, path));
            }
        }
    }

    /** Adds the images from which a build takes layers. */
    private void caches(Service service, ComposeFile file, Node build, String path) throws InputException {
        if (file.tags.isReplaced(build, CACHES)) {
            service.others.remove(CACHES);
        }
        int index = 0;
        for (Node cache : file.elements(file.field(build, CACHES), CACHES)) {
            String at = path + "[" + index++ + "]";
            Variables.Value value = file.text(cache, CACHES);
            String text = value.text().toString();
            if (value.missing() != null || text.indexOf('=') < 0) {
                service.add(CACHES, found(file, cache, at, 0));
                continue;
            }
            addFields(service, CACHES, new ComposeBuild.Written(file, cache, at), text, CACHED_IMAGE);
        }
    }

    /** Adds the image that makes the bill of materials of a build. */
    private void generator(Service service, ComposeFile file, @Nullable Node sbom, String path) throws InputException {
        if (sbom == null) {
            return;
        }
        Variables.Value value = file.text(sbom, SBOM);
        String text = value.text().toString();
        ComposeBuild.Written place = new ComposeBuild.Written(file, sbom, path);
        if (value.missing() != null && text.indexOf('"') < 0) {
            service.add(SBOM, found(place, path, sbom.text(), value.missing()));
            return;
        }
        addFields(service, SBOM, place, text, GENERATOR);
    }

    /** Adds the image of each field of a text such as {@code type=registry,ref=IMAGE} that has a name. */
    private void addFields(Service service, String key, ComposeBuild.Written place, String text, String name)
            throws InputException {
        if (text.indexOf('"') >= 0) {
            throw place.file().malformed(place.node(), key + ": expected fields without quotes");
        }
        for (String field : text.split(",", -1)) {
            if (field.strip().toLowerCase(Locale.ROOT).startsWith(name)) {
                service.add(key, found(place, place.path(), field.strip().substring(name.length()), null));
            }
        }
    }

    private void built(Service service, String name) throws InputException {
        ComposeBuild build = service.build;
        ComposeBuild.Written inline = build.inline();
        if (inline != null) {
            inline(service, inline);
        }
        if (!build.hasFile()) {
            return;
        }
        boolean isRead = false;
        try {
            ComposeFiles.Dockerfile dockerfile = build.dockerfile(files);
            if (dockerfile != null && (build.hasArguments() || !dockerfile.named())) {
                dockerfile(service, dockerfile);
                isRead = true;
            } else if (dockerfile != null) {
                isRead = dockerfile.readAlone();
            }
        } catch (IOException unreadable) {
            // What it has is not known.
        }
        if (!isRead) {
            unread(name, build.name(), build.place());
        }
    }

    private void unread(String service, String what, ComposeBuild.Written place) {
        unread.add(
                "Compose build",
                place.file().name() + ":" + place.node().line() + ": service " + SafeText.escape(service) + ": " + what,
                "expected a Dockerfile that is also checked: name it, or its folder, in the command");
    }

    private void inline(Service service, ComposeBuild.Written inline) throws InputException {
        ComposeFile file = inline.file();
        String path = inline.path() + ".dockerfile_inline";
        Variables.Value text = file.text(inline.node(), "dockerfile_inline");
        if (text.missing() != null) {
            service.add("build", found(inline, path, "dockerfile_inline", text.missing()));
            return;
        }
        try {
            for (InputObject object : stages(file.name(), text.text().toString(), service.build.arguments())) {
                for (int i = 0; i < object.images().size(); i++) {
                    ReviewedImage image = object.images().get(i);
                    Found argument = argument(service.build, object, i, path);
                    service.add(
                            "build",
                            argument == null
                                    ? found(
                                            inline,
                                            path + " " + object.title(),
                                            image.text(),
                                            image.unknown().orElse(null))
                                    : argument);
                }
            }
        } catch (InputException malformed) {
            throw file.malformed(
                    inline.node(), "dockerfile_inline: line " + malformed.line() + ": " + malformed.problem());
        }
    }

    /** What the Dockerfile has without the arguments of the build is found where it is read by itself. */
    private void dockerfile(Service service, ComposeFiles.Dockerfile file) throws IOException, InputException {
        String text = files.text(file);
        String path = "build";
        Set<String> known = new HashSet<>();
        if (file.readAlone()) {
            for (InputObject object : stages(file.name(), text, Map.of())) {
                for (int i = 0; i < object.images().size(); i++) {
                    known.add(key(object, i));
                }
            }
        }
        for (InputObject object : stages(file.name(), text, service.build.arguments())) {
            for (int i = 0; i < object.images().size(); i++) {
                if (!known.contains(key(object, i))) {
                    ReviewedImage image = object.images().get(i);
                    Found argument = argument(service.build, object, i, path);
                    service.add(
                            "build",
                            argument == null
                                    ? found(new Found(
                                            new Place(file.name(), object.line(i), object.column(i), null),
                                            path + " " + object.title(),
                                            image.text(),
                                            image.unknown().orElse(null),
                                            -1))
                                    : argument);
                }
            }
        }
    }

    private static String key(InputObject object, int index) {
        ReviewedImage image = object.images().get(index);
        return object.line(index) + ":" + object.column(index) + " " + image.text() + " "
                + image.unknown().orElse("");
    }

    private static List<InputObject> stages(String file, String text, Map<String, Variables.Value> arguments)
            throws InputException {
        List<InputObject> stages = new ArrayList<>();
        new DockerfileReader(file, text, arguments, stages::add).read();
        return stages;
    }

    /** {@return an image at the argument that has all of it; null if there is none} */
    private @Nullable Found argument(ComposeBuild build, InputObject stage, int index, String path)
            throws InputException {
        ReviewedImage image = stage.images().get(index);
        ComposeBuild.Argument argument =
                stage.offset(index) < 0 && image.unknown().isEmpty() ? build.argument(image.text()) : null;
        ComposeBuild.Written written = argument == null ? null : argument.written();
        if (argument == null || written == null) {
            return null;
        }
        images.add(written.node());
        return found(new Found(
                Place.of(written.file(), written.node()),
                path + " " + stage.title(),
                image.text(),
                null,
                argument.offset()));
    }

    private Found found(ComposeBuild.Written place, String path, String text, @Nullable String missing)
            throws InputException {
        return found(new Found(Place.of(place.file(), place.node()), path, text, missing, -1));
    }

    private Found found(ComposeFile file, Node node, String path, int from) throws InputException {
        images.add(node);
        Variables.Value value = file.text(node, "an image");
        Place place = Place.of(file, node);
        if (value.missing() != null) {
            return found(new Found(place, path, node.text(), value.missing(), -1));
        }
        String text = value.text().toString();
        int start =
                from == 0 ? file.start(node, value) : value.text().from(from).start();
        return found(new Found(place, path, text.substring(from), null, start));
    }

    private Found found(Found found) throws InputException {
        requireFew(found.place);
        return found;
    }

    private void requireFew(Place place) throws InputException {
        if (++count > MOST) {
            throw new InputException(
                    place.file,
                    place.line,
                    place.column,
                    "expected " + MOST + " images at most in services, with those that others extend");
        }
    }
}
