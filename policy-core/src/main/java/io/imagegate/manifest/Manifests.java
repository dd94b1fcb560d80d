package io.imagegate.manifest;

import io.imagegate.workload.Workloads;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Manifests and recorded reviews, in YAML and JSON. */
final class Manifests extends TextInput {

    private final Workloads workloads;

    Manifests(Workloads workloads) {
        this.workloads = workloads;
    }

    /** {@return whether a file is named like YAML or JSON} */
    static boolean areIn(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return Stream.of(".yaml", ".yml", ".json").anyMatch(name::endsWith);
    }

    @Override
    public String name() {
        return "kubernetes";
    }

    @Override
    public boolean isNamed(Path file) {
        return areIn(file);
    }

    /** Whatever no other input recognises has to be a manifest. */
    @Override
    public boolean recognises(InputFile file) {
        return true;
    }

    /** Skips a file of a folder in which no document has a kind: it is no manifest. */
    @Override
    public void read(InputFile file, InputListener found) throws IOException, ManifestException {
        if (file.isNamed()) {
            read(file, found::object, null);
            return;
        }
        First<InputObject> object = new First<>();
        First<ManifestException> kindless = new First<>();
        read(file, object.before(found::object), kindless);
        if (kindless.value != null && object.value == null) {
            found.skipped("no object with a kind");
        } else if (kindless.value != null) {
            throw kindless.value;
        }
    }

    private static final class First<T> implements Consumer<T> {

        private @Nullable T value;

        @Override
        public void accept(T next) {
            value = value == null ? next : value;
        }

        Consumer<T> before(Consumer<T> other) {
            return next -> {
                accept(next);
                other.accept(next);
            };
        }
    }

    @Override
    void objects(
            String file,
            InputStream content,
            Consumer<InputObject> objects,
            @Nullable Consumer<? super ManifestException> kindless)
            throws IOException, ManifestException {
        HelmSources sources = new HelmSources(content);
        ManifestReader.read(
                file, sources, workloads, object -> objects.accept(object.from(sources.of(object.line()))), kindless);
    }
}
