package io.imagegate.policytest;

import io.imagegate.document.file.Source;
import io.imagegate.document.rule.DigestReader;
import io.imagegate.document.rule.ImageContentReader;
import io.imagegate.document.yaml.Dates;
import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.fact.Fact;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.ImageMetadata;
import io.imagegate.fact.Need;
import io.imagegate.fact.PlatformImage;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.reference.ReferenceSyntaxException;
import io.imagegate.text.SizeText;
import io.imagegate.text.Suggestion;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the facts that a case of a policy test gives about images. */
final class FactsReader {

    private static final String[] KEYS = {
        "digest",
        "created",
        "platforms",
        "size",
        "labels",
        "annotations",
        "signedBy",
        "attestations",
        "unavailable",
        "layout"
    };

    /** Placeholder if a case gives no digest. It is not part of the contents, so no rule compares it. */
    private static final Digest NO_DIGEST = Digest.parse("sha256:" + "0".repeat(64));

    private static final List<String> NO_PLATFORM = List.of("unknown");

    private final CaseSignaturesReader signers;
    private final Layouts layouts;
    private final Map<ImageReference, ImageFacts> facts = new HashMap<>();
    private final Map<ImageReference, CaseSignatures> signatures = new HashMap<>();
    private final Map<ImageReference, FactSource> inLayouts = new HashMap<>();

    private FactsReader(Source source, Layouts layouts) {
        this.signers = new CaseSignaturesReader(source);
        this.layouts = layouts;
    }

    /**
     * {@return the facts that are given}
     *
     * @param source the file of the test
     * @param node a mapping from names of images
     * @param images the images of the case
     * @param layouts opens layouts
     */
    static Optional<CaseFacts> read(Source source, YamlNode node, Collection<String> images, Layouts layouts) {
        int before = node.problems().count();
        FactsReader reader = new FactsReader(source, layouts);
        node.anyFields()
                .ifPresent(all -> all.all()
                        .forEach((name, value) -> name(value, name, images)
                                .ifPresent(
                                        image -> value.fields(KEYS).ifPresent(fields -> reader.add(image, fields)))));
        return node.problems().count() > before
                ? Optional.empty()
                : Optional.of(new CaseFacts(reader.facts, reader.signatures, reader.inLayouts, reader.signers.names()));
    }

    private static Optional<ImageReference> name(YamlNode node, String name, Collection<String> images) {
        if (!images.contains(name)) {
            node.problem(
                    "there is no image " + YamlNode.quote(name),
                    Suggestion.oneOf(name, images, "the images of the case"));
            return Optional.empty();
        }
        try {
            return Optional.of(ImageReference.parse(name));
        } catch (ReferenceSyntaxException e) {
            node.problem(e.getMessage());
            return Optional.empty();
        }
    }

    private void add(ImageReference image, Fields fields) {
        if (fields.has("layout")) {
            requireAlone(fields, "layout");
            fields.get("layout").flatMap(layouts::open).ifPresent(layout -> inLayouts.put(image, layout));
        } else {
            facts.put(image, fields.has("unavailable") ? unavailable(fields) : known(image, fields));
            signatures.put(image, signers.read(fields));
        }
        fields.requireAny(KEYS);
    }

    private static void requireAlone(Fields fields, String key) {
        if (fields.all().size() > 1) {
            fields.owner().problem("facts beside " + key + ", expected either");
        }
    }

    private static ImageFacts unavailable(Fields fields) {
        fields.get("unavailable").ifPresent(YamlNode::onlyTrue);
        requireAlone(fields, "unavailable");
        String reason = "its registry does not answer, says the test case";
        return ImageFacts.at(Instant.EPOCH)
                .with(Need.DIGEST, Fact.unavailable(reason))
                .with(Need.METADATA, Fact.unavailable(reason));
    }

    private static ImageFacts known(ImageReference image, Fields fields) {
        Optional<Digest> written = fields.get("digest").flatMap(node -> node.parse(DigestReader::parse));
        if (written.isPresent() && image.hasDigest() && !image.digest().equals(written)) {
            fields.require("digest").ifPresent(node -> node.problem("the name of the image has another digest"));
        }
        Optional<Digest> digest = written.or(image::digest);
        ImageFacts facts = ImageFacts.at(Instant.EPOCH).with(Need.METADATA, Fact.known(metadata(digest, fields)));
        // An image that is signed exists.
        boolean signed = fields.has("signedBy") || fields.has("attestations");
        return digest.or(() -> signed ? Optional.of(NO_DIGEST) : Optional.empty())
                .map(known -> facts.with(Need.DIGEST, Fact.known(known)))
                .orElse(facts);
    }

    private static ImageMetadata metadata(Optional<Digest> digest, Fields fields) {
        Digest manifest = digest.orElse(NO_DIGEST);
        Optional<Instant> created = fields.get("created").flatMap(Dates::instant);
        Optional<Long> size = fields.get("size").flatMap(node -> node.parseAmount(SizeText::parse));
        Map<String, String> labels = fields.texts("labels");
        Map<String, String> annotations = fields.texts("annotations");
        List<PlatformImage> images = platforms(fields).stream()
                .map(platform ->
                        PlatformImage.of(manifest, platform).withLabels(labels).withAnnotations(annotations))
                .map(image -> created.map(image::withCreated).orElse(image))
                .map(image -> size.map(image::withSize).orElse(image))
                .toList();
        ImageMetadata metadata = ImageMetadata.of(manifest, images).withAnnotations(annotations);
        return digest.isPresent() ? metadata : metadata.withContents(Set.of());
    }

    private static List<String> platforms(Fields fields) {
        return fields.get("platforms")
                .flatMap(ImageContentReader::platforms)
                .map(List::of)
                .orElse(NO_PLATFORM);
    }
}
