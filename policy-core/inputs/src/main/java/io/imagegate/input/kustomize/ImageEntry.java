package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import io.imagegate.input.edit.ImageParts;
import io.imagegate.syntax.ValueType;
import io.imagegate.text.SafeText;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One of the {@code images} of a kustomization: gives images another name, tag or digest. Not thread-safe. */
final class ImageEntry {

    private static final Set<String> FIELDS = Set.of("name", "newName", "newTag", "digest", "tagSuffix");
    private static final String TAG = "_.{}-";

    /** What has no value in an entry by itself. */
    private static final String NEW_TAG = "newTag";

    private static final String NEW_NAME = "newName";

    private final ManifestNode written;
    private final KustomizePattern name;
    private final @Nullable ManifestNode newName;
    private final @Nullable ManifestNode newTag;
    private final @Nullable ManifestNode digest;
    private final @Nullable ManifestNode tagSuffix;
    private boolean used;

    private ImageEntry(ManifestNode entry, ManifestNode name) throws InputException {
        this.written = name;
        this.name = KustomizePattern.ofImage(name);
        this.newName = value(entry, "newName");
        this.newTag = value(entry, "newTag");
        this.digest = value(entry, "digest");
        this.tagSuffix = newTag == null && digest == null ? value(entry, "tagSuffix") : null;
    }

    static ImageEntry of(ManifestNode entry) throws InputException {
        for (String field : entry.fields.keySet()) {
            if (!FIELDS.contains(field)) {
                throw entry.malformed("images: expected name, newName, newTag, digest and tagSuffix, got "
                        + SafeText.quote(field, 60));
            }
        }
        ManifestNode name = value(entry, "name");
        if (name == null) {
            throw entry.malformed("images: expected an object with the name of an image");
        }
        return new ImageEntry(entry, name);
    }

    private static @Nullable ManifestNode value(ManifestNode entry, String field) throws InputException {
        ManifestNode value = entry.field(field);
        if (value == null || value.type == ValueType.NULL) {
            return null;
        }
        if (value.type != ValueType.STRING) {
            throw value.malformed("images." + field + ": expected a text, which kustomize demands: write it in quotes");
        }
        return value.text.isEmpty() ? null : value;
    }

    /** {@return the image as this entry makes it; the same if it has another name} */
    ManifestNode apply(ManifestNode image) {
        if (!matches(image.text)) {
            return image;
        }
        used = true;
        ImageParts parts = ImageParts.of(image.text);
        ImageOrigin before = image.origin == null ? new ImageOrigin(image, null, null) : image.origin;
        ManifestNode version = newTag != null ? newTag : digest != null ? digest : tagSuffix;
        ManifestNode place = version == null ? newName : version;
        if (place == null) {
            return image;
        }
        ImageParts made = new ImageParts(
                newName == null ? parts.name() : newName.text,
                version == null ? parts.tag() : tag(parts.tag()),
                version == null ? parts.digest() : digest == null ? "" : digest.text);
        return image.madeBy(
                place,
                made.text(),
                new ImageOrigin(
                        before.written(),
                        newName == null ? before.name() : newName,
                        version == null ? before.version() : version));
    }

    private String tag(String before) {
        return tagSuffix != null ? before + tagSuffix.text : newTag == null ? "" : newTag.text;
    }

    /** {@return whether an image changes again when the entry is applied again} */
    boolean isRepeated() {
        return tagSuffix != null;
    }

    /** {@return how long the name is with which images are compared} */
    int length() {
        return written.text.length();
    }

    /** {@return whether an image had the name of this entry} */
    boolean isUsed() {
        return used;
    }

    /** {@return the image that this entry makes of one that is not read; null if it changes nothing} */
    @Nullable
    ManifestNode alone() {
        ManifestNode made = apply(written);
        return made.origin == null ? null : made;
    }

    /** {@return what an image that is not read gives to the one that this entry makes of it; empty if nothing is missing} */
    String missing() {
        if (newName == null && (written.text.contains(".*") || written.text.indexOf('\\') >= 0)) {
            return NEW_NAME;
        }
        return newTag == null && digest == null ? NEW_TAG : "";
    }

    /** Kustomize matches the name, then a tag or none, then a digest or none. */
    private boolean matches(String image) {
        String tagged = withoutDigest(image);
        return name.matches(image)
                || name.matches(tagged)
                || name.matches(withoutTag(image))
                || name.matches(withoutTag(tagged));
    }

    private static String withoutDigest(String image) {
        int at = image.lastIndexOf('@');
        int colon = image.indexOf(':', at);
        return at < 0
                        || colon < 0
                        || !isLetters(image.substring(at + 1, colon), "")
                        || !isLetters(image.substring(colon + 1), TAG)
                ? image
                : image.substring(0, at);
    }

    private static String withoutTag(String image) {
        int colon = image.lastIndexOf(':');
        return colon < 0 || !isLetters(image.substring(colon + 1), TAG) ? image : image.substring(0, colon);
    }

    private static boolean isLetters(String text, String others) {
        return text.chars()
                .allMatch(c -> (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || others.indexOf(c) >= 0);
    }
}
