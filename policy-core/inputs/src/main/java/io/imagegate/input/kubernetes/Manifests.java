package io.imagegate.input.kubernetes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.imagegate.input.InputException;
import io.imagegate.input.InputFile;
import io.imagegate.input.InputListener;
import io.imagegate.input.InputObject;
import io.imagegate.input.text.TextInput;
import io.imagegate.yaml.YamlDialect;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Manifests and recorded reviews, in YAML and JSON. */
public final class Manifests extends TextInput {

    /** The name of the field, also with escapes. */
    private static final Pattern KIND = Pattern.compile("(?i)kind|\\\\(?:(?:x|u00|U000000)[46][49be]|\\r?\\n)");

    private static final String KINDLESS = "no object with a kind";

    private static final int CHUNK = 1 << 16;
    /** Longer than any match. */
    private static final int OVERLAP = 32;

    private final ObjectReading reading;

    public Manifests(ObjectReading reading) {
        this.reading = reading;
    }

    /** {@return whether a file is named like YAML or JSON} */
    public static boolean areIn(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return Stream.of(".yaml", ".yml", ".json").anyMatch(name::endsWith);
    }

    @Override
    public String name() {
        return "kubernetes";
    }

    @Override
    public Set<Path> sources(Path file) {
        return Set.of(file);
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

    /**
     * Skips a file of a folder that is neither YAML nor JSON, if no field of it can be a kind: it is no manifest. A template is none
     * either; its documents before the first action are read.
     */
    @Override
    public void read(InputFile file, InputListener found) throws IOException, InputException {
        try {
            readWhole(file, found);
        } catch (InputException malformed) {
            Path path = file.path();
            if (file.isNamed()) {
                // A pipe can be read once.
                InputException kindless =
                        path == null || !Files.isRegularFile(path) ? null : kindless(file.name(), path);
                throw kindless == null ? malformed : kindless;
            }
            Objects.requireNonNull(path, "found in a folder");
            if (!mayHaveKind(path)) {
                found.skipped("no field with a kind, and it cannot be read: " + malformed.problem());
            } else if (TemplateActions.explain(path, malformed)) {
                found.unread(TemplateActions.NAME, new InputException(file.name(), TemplateActions.WHY));
            } else if (kindless(file.name(), path) != null) {
                found.skipped(KINDLESS);
            } else {
                throw malformed;
            }
        }
    }

    private static boolean mayHaveKind(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] end = {};
            for (byte[] next = in.readNBytes(CHUNK); next.length > 0; next = in.readNBytes(CHUNK)) {
                byte[] text = Arrays.copyOf(end, end.length + next.length);
                System.arraycopy(next, 0, text, end.length, next.length);
                // In UTF-16 there is a zero beside each of these characters.
                if (KIND.matcher(new String(text, ISO_8859_1).replace("\0", "")).find()) {
                    return true;
                }
                end = Arrays.copyOfRange(text, Math.max(0, text.length - OVERLAP), text.length);
            }
            return false;
        }
    }

    /** Skips a file of a folder in which no document has a kind. */
    public void readWhole(InputFile file, InputListener found) throws IOException, InputException {
        if (file.isNamed()) {
            read(file, found::object, null);
            return;
        }
        First<InputObject> object = new First<>();
        First<InputException> kindless = new First<>();
        read(file, object.before(found::object), kindless);
        if (kindless.value != null && object.value == null) {
            found.skipped(KINDLESS);
        } else if (kindless.value != null) {
            throw kindless.value;
        }
    }

    /**
     * {@return why no document of a malformed file has a kind, if its tags alone are malformed; else null} kubectl passes over tags, so
     * one must not hide a kind.
     */
    private @Nullable InputException kindless(String name, Path file) throws IOException {
        First<FileObject> object = new First<>();
        First<InputException> kindless = new First<>();
        try (InputStream in = Files.newInputStream(file)) {
            FileObjects.readFile(name, DefinitionText.passed(in), YamlDialect.TAGGED, reading, object, kindless);
        } catch (InputException malformed) {
            return null;
        }
        return object.value == null ? kindless.value : null;
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
    public void objects(
            String file,
            InputStream content,
            Consumer<InputObject> objects,
            @Nullable Consumer<? super InputException> kindless)
            throws IOException, InputException {
        HelmSources sources = new HelmSources(DefinitionText.passed(content));
        FileObjects.readFile(
                file, sources, reading, object -> objects.accept(object.from(sources.of(object.line()))), kindless);
    }
}
