package io.imagegate.predicate;

import io.imagegate.reference.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The products of an OpenVEX statement while they are read: whether the image is among them, and its packages
 * ({@code subcomponents}) to which the statement is limited.
 */
final class VexProducts {

    private final DocumentFields fields;
    private final Digest image;
    private final List<PackageUrl> packages = new ArrayList<>();
    private boolean listed;
    private boolean found;
    private boolean whole;

    /** A subcomponent of the image has no package URL, so that it cannot be compared with packages. */
    private boolean incomparable;

    /** The identifiers of one product or subcomponent. */
    private final class Identified {
        private final List<PackageUrl> urls = new ArrayList<>();
        private final List<List<PackageUrl>> parts = new ArrayList<>();
        private boolean isImage;

        void field(String name, JsonValue value) {
            switch (name) {
                case "@id" -> url(fields.text(value, name));
                case "identifiers" ->
                    fields.optionalObject(value, name, (key, field) -> {
                        if (key.equals("purl")) {
                            url(fields.text(field, "identifiers.purl"));
                        }
                    });
                case "hashes" ->
                    fields.optionalObject(value, name, (key, field) -> hash(key, fields.text(field, "hashes")));
                case "subcomponents" -> fields.list(value, name, part -> parts.add(subcomponent(part)));
                default -> {}
            }
        }

        private void url(String text) {
            Optional<PackageUrl> url = PackageUrl.parse(text);
            url.ifPresent(urls::add);
            isImage |= url.filter(parsed -> parsed.isImage(image)).isPresent();
        }

        /** Names of hashes have a dash that those of digests do not have: {@code sha-256}. */
        private void hash(String algorithm, String hex) {
            isImage |= algorithm.replace("sha-", "sha").equals(image.algorithm()) && hex.equals(image.hex());
        }
    }

    VexProducts(DocumentFields fields, Digest image) {
        this.fields = fields;
        this.image = image;
    }

    private List<PackageUrl> subcomponent(JsonValue value) {
        Identified part = new Identified();
        fields.object(value, "subcomponents[]", part::field);
        part.urls.forEach(url -> fields.keep(url.toString()));
        return part.urls;
    }

    void read(JsonValue list) {
        fields.list(list, "products", item -> {
            listed = true;
            Identified product = new Identified();
            fields.object(item, "products[]", product::field);
            if (product.isImage) {
                found = true;
                add(product.parts);
            }
        });
    }

    private void add(List<List<PackageUrl>> parts) {
        whole |= parts.isEmpty();
        for (List<PackageUrl> urls : parts) {
            packages.addAll(urls);
            incomparable |= urls.isEmpty();
        }
    }

    /**
     * {@return whether the statement is about the image: it has no products, or the image is one of them} One that excuses
     * nothing is also about packages that cannot be compared; one that excuses is not.
     */
    boolean haveImage(boolean excuses) {
        return !listed || (found && (isAboutAll(excuses) || !packages.isEmpty()));
    }

    private boolean isAboutAll(boolean excuses) {
        return whole || (incomparable && !excuses);
    }

    /** {@return the packages to which the statement is limited; empty if it is about the whole image} */
    List<PackageUrl> packages(boolean excuses) {
        return isAboutAll(excuses) ? List.of() : packages;
    }
}
