package io.imagegate.document;

import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a case of a policy test asks: one image, or a review. */
final class CaseSubject {

    static final List<String> KINDS = List.of("image", "review");

    private static final String NAMESPACE = "default";

    private CaseSubject() {}

    static Optional<ImageReview> read(Fields fields) {
        List<String> kinds = KINDS.stream().filter(fields::has).toList();
        if (kinds.size() != 1) {
            fields.owner()
                    .problem((kinds.isEmpty() ? "nothing to judge" : "several things to judge")
                            + ", expected exactly one of " + String.join(", ", KINDS));
            return Optional.empty();
        }
        return kinds.get(0).equals("image")
                ? image(fields)
                : fields.get("review").flatMap(CaseSubject::review);
    }

    private static Optional<ImageReview> image(Fields fields) {
        String namespace = fields.get("namespace").flatMap(YamlNode::text).orElse(NAMESPACE);
        return fields.get("image").flatMap(YamlNode::text).map(image -> ImageReview.of(namespace, image));
    }

    private static Optional<ImageReview> review(YamlNode node) {
        return node.fields("namespace", "annotations", "images").flatMap(CaseSubject::review);
    }

    private static Optional<ImageReview> review(Fields fields) {
        String namespace = fields.get("namespace").flatMap(YamlNode::text).orElse(NAMESPACE);
        Map<String, String> annotations = fields.get("annotations")
                .flatMap(YamlNode::anyFields)
                .map(CaseSubject::texts)
                .orElse(Map.of());
        List<ReviewedImage> images = fields.require("images")
                .flatMap(list -> list.list(YamlNode::text))
                .map(texts ->
                        ImageReview.of(namespace, texts.toArray(String[]::new)).images())
                .orElse(List.of());
        return images.isEmpty() ? Optional.empty() : Optional.of(new ImageReview(namespace, annotations, images));
    }

    private static Map<String, String> texts(Fields fields) {
        Map<String, String> texts = new HashMap<>();
        fields.all().forEach((key, value) -> value.text().ifPresent(text -> texts.put(key, text)));
        return texts;
    }
}
