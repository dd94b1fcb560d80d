package io.imagegate.input.helm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.imagegate.input.InputException;
import io.imagegate.input.InputFile;
import io.imagegate.input.InputListener;
import io.imagegate.input.InputObject;
import io.imagegate.input.edit.FileSyntax;
import io.imagegate.input.kubernetes.TemplateActions;
import io.imagegate.input.text.TextInput;
import io.imagegate.input.tree.TreeInput;
import io.imagegate.kubernetes.ChartValues;
import io.imagegate.syntax.Cursor;
import io.imagegate.syntax.DocumentCursor;
import io.imagegate.syntax.ObservedCursor;
import io.imagegate.syntax.PassedFields;
import io.imagegate.syntax.ValueType;
import io.imagegate.wire.WireLimits;
import io.imagegate.yaml.YamlDialect;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Files of values of Helm charts, such as {@code values.yaml} and {@code values-prod.yaml}. What has a kind is a manifest, whatever
 * its name is.
 */
public final class ChartValuesFiles extends TextInput {

    private static final Pattern NAME = Pattern.compile("(.+[-._])?values([-._].+)?\\.ya?ml");

    /** The images of the file that was recognised last; null if they are not known. */
    private @Nullable Known known;

    @Override
    public String name() {
        return "helm-values";
    }

    @Override
    public Set<Path> sources(Path file) {
        return Set.of(file);
    }

    @Override
    public boolean isNamed(Path file) {
        return NAME.matcher(String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT))
                .matches();
    }

    @Override
    public boolean recognises(InputFile file) throws IOException {
        Path path = file.path();
        return path != null && isNamed(path) && !HelmTemplates.isInChart(path) && isValues(file, path);
    }

    /**
     * {@return whether the start of a file is an object and no manifest; beside a chart values may have a kind} The images of a file that
     * is not longer are remembered.
     */
    private boolean isValues(InputFile file, Path path) throws IOException {
        boolean inChart = Files.isRegularFile(path.toAbsolutePath().resolveSibling("Chart.yaml"));
        byte[] start = file.start();
        known = null;
        if (start.length < InputFile.LOOKED_AT) {
            try {
                RootFields fields = new RootFields();
                List<InputObject> images = images(file.name(), start, fields);
                known = fields.hasBoth ? null : new Known(file.name(), start, images);
                return fields.hasObject && !(inChart ? fields.hasBoth : fields.hasKind);
            } catch (InputException | UncheckedIOException malformed) {
                // It may be a manifest up to there.
            }
        }
        return startsLikeValues(file.name(), start, inChart);
    }

    private static boolean startsLikeValues(String file, byte[] start, boolean inChart) {
        boolean mayBeManifest = mayBeManifest(start, !inChart);
        boolean values = false;
        try {
            DocumentCursor<InputException> cursor = open(file, start);
            while (cursor.begin()) {
                if (cursor.type() != ValueType.OBJECT) {
                    cursor.skip();
                } else if (!mayBeManifest) {
                    return true;
                } else if (isManifest(cursor, !inChart)) {
                    return false;
                } else {
                    values = true;
                }
            }
        } catch (InputException | UncheckedIOException cut) {
            // The start may end anywhere; what is malformed is a problem when the whole is read.
            return true;
        }
        return values;
    }

    /** {@return whether a text has the names of the fields of a manifest, or an escape or another encoding that may hide them} */
    private static boolean mayBeManifest(byte[] text, boolean byKindAlone) {
        String searched = new String(text, ISO_8859_1);
        return searched.indexOf('\\') >= 0
                || searched.indexOf('\0') >= 0
                || (searched.contains("kind") && (byKindAlone || searched.contains("apiVersion")));
    }

    private static boolean isManifest(Cursor<InputException> cursor, boolean byKindAlone) throws InputException {
        boolean hasKind = false;
        boolean hasVersion = byKindAlone;
        cursor.enterObject();
        for (String field = cursor.field(); field != null; field = cursor.field()) {
            hasKind |= field.equals("kind");
            hasVersion |= field.equals("apiVersion");
            if (hasKind && hasVersion) {
                return true;
            }
        }
        return false;
    }

    private static DocumentCursor<InputException> open(String file, byte[] content) throws InputException {
        return FileSyntax.openYaml(file, content, YamlDialect.VALUES, FileSyntax.problems(file));
    }

    /** A file of a folder that Helm cannot read either because of an action of a template is a template. */
    @Override
    public void read(InputFile file, InputListener found) throws IOException, InputException {
        try {
            super.read(file, found);
        } catch (InputException malformed) {
            Path path = file.path();
            if (path == null || file.isNamed() || !TemplateActions.explain(path, malformed)) {
                throw malformed;
            }
            found.unread(TemplateActions.NAME, new InputException(file.name(), TemplateActions.WHY));
        }
    }

    @Override
    protected void objects(
            String file,
            InputStream content,
            Consumer<InputObject> objects,
            @Nullable Consumer<? super InputException> kindless)
            throws IOException, InputException {
        byte[] text = TreeInput.content(file, content);
        Known before = known;
        known = null;
        if (before != null && before.isOf(file, text)) {
            before.images.forEach(objects);
            return;
        }
        try {
            if (mayBeManifest(text, false)) {
                requireNoManifest(file, text);
            }
            images(file, text, new RootFields()).forEach(objects);
        } catch (UncheckedIOException e) {
            throw new IOException(e.getCause());
        }
    }

    private static List<InputObject> images(String file, byte[] text, RootFields fields) throws InputException {
        List<InputObject> all = new ArrayList<>();
        DocumentCursor<InputException> cursor = open(file, text);
        while (cursor.begin()) {
            if (cursor.type() == ValueType.NULL) {
                cursor.skip();
                continue;
            }
            if (cursor.type() != ValueType.OBJECT) {
                throw cursor.malformed("values of a Helm chart: expected an object, got " + cursor.type());
            }
            fields.begin();
            Cursor<InputException> observed = ObservedCursor.of(cursor, fields);
            for (ChartValues.Found image : ChartValues.read(observed, WireLimits.DEFAULTS.images())) {
                all.add(ChartValuesImage.of(file, image));
            }
        }
        return all;
    }

    /** Refuses what kubectl would apply, also where its kind comes late. */
    private static void requireNoManifest(String file, byte[] text) throws InputException {
        DocumentCursor<InputException> cursor = open(file, text);
        while (cursor.begin()) {
            if (cursor.type() != ValueType.OBJECT) {
                cursor.skip();
            } else if (isManifest(cursor, false)) {
                throw cursor.malformed(
                        "an object of Kubernetes, which kubectl would apply: expected it in a file of its own");
            }
        }
    }

    /** The images of a text that is no manifest. */
    private static final class Known {

        private final String file;
        private final byte[] text;
        private final List<InputObject> images;

        Known(String file, byte[] text, List<InputObject> images) {
            this.file = file;
            this.text = text;
            this.images = images;
        }

        boolean isOf(String otherFile, byte[] otherText) {
            return file.equals(otherFile) && Arrays.equals(text, otherText);
        }
    }

    /** Notes which fields of a manifest the objects of a file have, each by itself. */
    private static final class RootFields implements PassedFields {

        private boolean hasObject;
        private boolean hasKind;
        /** Whether one object has a kind and a version. */
        private boolean hasBoth;

        private boolean hasOwnKind;
        private boolean hasOwnVersion;
        private int depth;

        void begin() {
            hasObject = true;
            hasOwnKind = false;
            hasOwnVersion = false;
        }

        @Override
        public void enter() {
            depth++;
        }

        @Override
        public void name(String name) {
            if (depth == 1) {
                hasOwnKind |= name.equals("kind");
                hasOwnVersion |= name.equals("apiVersion");
                hasKind |= hasOwnKind;
                hasBoth |= hasOwnKind && hasOwnVersion;
            }
        }

        @Override
        public void leave() {
            depth--;
        }
    }
}
