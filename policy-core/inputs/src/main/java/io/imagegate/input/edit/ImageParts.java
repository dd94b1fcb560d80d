package io.imagegate.input.edit;

/** The name of an image, its tag and its digest, as kustomize takes any text apart. */
public record ImageParts(String name, String tag, String digest) {

    /** Takes apart any text; a port is none of a tag, if a slash follows. */
    public static ImageParts of(String image) {
        int slash = Math.max(0, image.indexOf('/'));
        int at = image.indexOf('@', slash);
        int colon = image.indexOf(':', slash);
        if (colon >= 0 && (at < 0 || colon < at)) {
            return new ImageParts(
                    image.substring(0, colon),
                    image.substring(colon + 1, at < 0 ? image.length() : at),
                    at < 0 ? "" : image.substring(at + 1));
        }
        return at < 0
                ? new ImageParts(image, "", "")
                : new ImageParts(image.substring(0, at), "", image.substring(at + 1));
    }

    /** {@return what follows the name, without the separator} */
    public String version() {
        return tag.isEmpty() || digest.isEmpty() ? tag + digest : tag + "@" + digest;
    }

    public String text() {
        return name + (tag.isEmpty() ? "" : ":" + tag) + (digest.isEmpty() ? "" : "@" + digest);
    }
}
