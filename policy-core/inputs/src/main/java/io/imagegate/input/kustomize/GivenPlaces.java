package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import io.imagegate.input.edit.BlockText;
import io.imagegate.input.edit.WrittenInParts.Edit;
import io.imagegate.reference.ImageReference;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where texts of an object stand in its file, also those in texts behind {@code |}. Not thread-safe. */
final class GivenPlaces {

    private static final String MARK = "\uFEFF";

    private final Path file;
    private final String content;
    private final ManifestNode object;
    /** Where the next object starts. */
    private final int end;
    /** Texts that have values, by where they start; empty for those that are written in another way. */
    private final Map<Integer, Optional<BlockText>> texts = new HashMap<>();

    /**
     * Makes the places.
     *
     * @param content the content of the file
     * @param end where the next object of the file starts
     */
    GivenPlaces(Path file, String content, ManifestNode object, int end) {
        this.file = file;
        this.object = object;
        this.end = end;
        this.content = content.startsWith(MARK) ? content.substring(MARK.length()) : content;
    }

    /** {@return whether a value is in the file, or in an override of Argo CD, which nobody else reads} */
    boolean isGiven(ManifestNode value) {
        return file.equals(value.source.path()) || ArgoOverrides.isOne(value.source.path());
    }

    private boolean isInObject(ManifestNode value) {
        return file.equals(value.source.path()) && value.offset >= object.offset && value.offset < end;
    }

    /**
     * {@return what is to be replaced so that a value gets another text}
     *
     * @param name the new name of the image
     */
    Edit edit(@Nullable ManifestNode value, String after, ImageReference name) throws InputException {
        if (value == null) {
            throw refused(object, name);
        }
        if (isInObject(value)) {
            return Edit.of(value.offset, value.line, value.text, after);
        }
        ManifestNode text = value.source.text();
        BlockText block = text == null || value.offsetInText < 0 ? null : block(text);
        if (text == null || block == null) {
            throw refused(value, name);
        }
        return new Edit(block.offset(value.offsetInText), value.line, value.text, after, text.offset);
    }

    private @Nullable BlockText block(ManifestNode text) {
        // An alias may name the value, too, and offsets in JSON count bytes.
        boolean hasAliases = text.text.contains("&") && text.text.contains("*");
        boolean isJson = text.text.stripLeading().startsWith("{");
        return !isInObject(text) || hasAliases || isJson
                ? null
                : texts.computeIfAbsent(
                                text.offset, offset -> Optional.ofNullable(BlockText.at(content, offset, text.text)))
                        .orElse(null);
    }

    /** {@return the reason why an image is not replaced} */
    InputException refused(ManifestNode value, ImageReference name) {
        return value.malformed(DeployedValues.title(object)
                + " has this image in a form that is not replaced, such as in a text in quotes or in another object: write "
                + name.text());
    }
}
