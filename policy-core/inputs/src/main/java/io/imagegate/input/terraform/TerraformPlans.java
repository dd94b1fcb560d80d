package io.imagegate.input.terraform;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.input.Input;
import io.imagegate.input.InputException;
import io.imagegate.input.InputFile;
import io.imagegate.input.InputImage;
import io.imagegate.input.InputListener;
import io.imagegate.input.InputObject;
import io.imagegate.input.edit.FileSyntax;
import io.imagegate.input.kubernetes.FileObjects;
import io.imagegate.input.kubernetes.ObjectReading;
import io.imagegate.input.tree.TreeInput;
import io.imagegate.syntax.JsonCursor;
import io.imagegate.syntax.Node;
import io.imagegate.syntax.SyntaxLimits;
import io.imagegate.syntax.TextSyntax;
import io.imagegate.syntax.ValueType;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Plans of Terraform and OpenTofu, as {@code terraform show -json} writes them: images of the resources as they are after the change.
 * Values that are known after it only have no value. A plan is read as a stream: one resource at a time is in memory. Not
 * thread-safe.
 */
public final class TerraformPlans implements Input {

    /** Both programs write these first. */
    private static final Pattern START = Pattern.compile(
            "\\uFEFF?\\s*\\{\\s*\"format_version\"\\s*:\\s*\"[0-9.]{1,20}\"\\s*,\\s*\"terraform_version\"");

    private static final SyntaxLimits LIMITS = SyntaxLimits.builder(
                    FileSyntax.LIMITS.stringChars(), FileSyntax.LIMITS.nesting())
            .parts(1_000_000)
            .build();
    private static final String MANIFEST = "kubernetes_manifest";

    private static final String UNREAD =
            "its images are not in the plan: check what it is made of, such as what helm template prints";

    private final ObjectReading reading;

    public TerraformPlans(ObjectReading reading) {
        this.reading = reading;
    }

    @Override
    public String name() {
        return "terraform-plan";
    }

    @Override
    public Set<Path> sources(Path file) {
        return Set.of(file);
    }

    @Override
    public boolean isNamed(Path file) {
        return String.valueOf(file.getFileName()).endsWith("plan.json");
    }

    @Override
    public boolean recognises(InputFile file) throws IOException {
        Path path = file.path();
        return (path == null || file.isNamed() || path.toString().endsWith(".json"))
                && START.matcher(new String(file.start(), UTF_8)).lookingAt();
    }

    @Override
    public void read(InputFile file, InputListener found) throws IOException, InputException {
        BufferedInputStream in = new BufferedInputStream(file.in());
        try {
            if (FileSyntax.of(file.name(), in) != TextSyntax.JSON) {
                throw new InputException(
                        file.name(), 1, 1, "expected a plan of Terraform, as terraform show -json PLAN writes it");
            }
            new Reading(file.name(), JsonCursor.of(in, LIMITS, FileSyntax.problems(file.name())), found).plan();
        } catch (UncheckedIOException e) {
            throw new IOException(e.getCause());
        }
    }

    /** The reading of one plan. */
    private final class Reading {

        private final String file;
        private final JsonCursor<InputException> cursor;
        private final InputListener found;
        private @Nullable InputException first;

        Reading(String file, JsonCursor<InputException> cursor, InputListener found) {
            this.file = file;
            this.cursor = cursor;
            this.found = found;
        }

        /** What is wrong with a resource does not keep the others from being checked. */
        void plan() throws InputException {
            boolean isPlan = false;
            cursor.begin();
            cursor.enterObject();
            for (String name = cursor.field(); name != null; name = cursor.field()) {
                switch (name) {
                    case "resource_changes", "deferred_changes" -> changes(name);
                    case "planned_values" -> isPlan = true;
                    case "apiVersion", "kind", "items" ->
                        throw cursor.malformed(
                                "an object of Kubernetes, which kubectl would apply: expected a plan alone");
                    case "errored" -> {
                        if (cursor.scalar().equals("true")) {
                            keep(cursor.malformed("a plan that failed, so it does not have all changes"));
                        }
                    }
                    default -> {}
                }
            }
            if (!isPlan) {
                throw cursor.malformed("expected a plan with planned_values, as terraform show -json PLAN writes it");
            }
            if (cursor.begin()) {
                throw cursor.malformed("another value, expected one plan alone");
            }
            if (first != null) {
                throw first;
            }
        }

        private void keep(InputException problem) {
            first = first == null ? problem : first;
        }

        private void changes(String name) throws InputException {
            if (cursor.array(name)) {
                while (cursor.element()) {
                    if (name.equals("resource_changes")) {
                        resource();
                    } else if (cursor.object(name)) {
                        for (String field = cursor.field(); field != null; field = cursor.field()) {
                            if (field.equals("resource_change")) {
                                resource();
                            }
                        }
                    }
                }
            }
        }

        private void resource() throws InputException {
            String address = "";
            String mode = "";
            String type = "";
            int line = cursor.line();
            cursor.beginPart();
            if (!cursor.object("a resource")) {
                return;
            }
            for (String name = cursor.field(); name != null; name = cursor.field()) {
                switch (name) {
                    case "address" -> address = cursor.text(name);
                    case "mode" -> mode = cursor.text(name);
                    case "type" -> type = cursor.text(name);
                    case "change" -> {
                        if (mode.isEmpty() || type.isEmpty()) {
                            throw cursor.malformed("expected the mode and the type of a resource before its change");
                        }
                        if (mode.equals("managed") && TerraformResources.hasImages(type)) {
                            change(address, type, line);
                        }
                    }
                    default -> {}
                }
            }
        }

        private void change(String address, String type, int line) throws InputException {
            Node after = null;
            Node unknown = null;
            if (!cursor.object("change")) {
                return;
            }
            for (String name = cursor.field(); name != null; name = cursor.field()) {
                if (name.equals("after") && type.equals(MANIFEST)) {
                    manifest();
                } else if (name.equals("after")) {
                    after = cursor.tree();
                } else if (name.equals("after_unknown")) {
                    unknown = cursor.tree();
                }
            }
            if (TerraformResources.isUnread(type)) {
                if (after != null && after.isObject()) {
                    found.unreadPart("Terraform resource", file + ":" + line + ": " + address, UNREAD);
                }
                return;
            }
            try {
                String objects = TerraformResources.objects(type);
                if (!objects.isEmpty()) {
                    objects(after == null ? null : after.field(objects));
                }
                List<InputImage> images = new TerraformImages(file).find(type, after, unknown);
                if (!images.isEmpty()) {
                    found.object(InputObject.of(file, line, address, images));
                }
            } catch (InputException problem) {
                keep(problem);
            }
        }

        /** Reads objects of Kubernetes in a text, whose images have the place of the text. */
        private void objects(@Nullable Node text) throws InputException {
            if (text == null || text.type() == ValueType.NULL) {
                return;
            }
            try {
                FileObjects.readFile(
                        file,
                        new ByteArrayInputStream(text.text().getBytes(UTF_8)),
                        reading,
                        object -> found.object(object.inTextAt(text.line(), text.column())),
                        null);
            } catch (InputException problem) {
                throw TreeInput.problem(file, text, "objects in this text: " + problem.problem());
            } catch (IOException impossible) {
                throw new AssertionError(impossible);
            }
        }

        /** Reads an object of Kubernetes that a resource has as it is. */
        private void manifest() throws InputException {
            if (cursor.type() == ValueType.NULL) {
                return;
            }
            cursor.enterObject();
            for (String name = cursor.field(); name != null; name = cursor.field()) {
                if (name.equals("manifest")) {
                    FileObjects.fileWalker(cursor, file, reading, found::object, this::keep)
                            .document();
                }
            }
        }
    }
}
