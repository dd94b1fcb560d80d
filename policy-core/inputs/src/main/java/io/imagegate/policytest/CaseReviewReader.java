package io.imagegate.policytest;

import io.imagegate.admission.MatchedKind;
import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.review.ContainerType;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ImageReviewBuilder;
import io.imagegate.review.ReviewedImage;
import io.imagegate.text.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the review of a case: its images, and what it tells about the request. */
final class CaseReviewReader {

    static final List<String> OPERATIONS = List.of("CREATE", "UPDATE");

    private CaseReviewReader() {}

    static Optional<ImageReview> read(YamlNode node) {
        return node.fields(
                        "namespace", "kind", "name", "labels", "annotations", "operation", "user", "groups", "images")
                .flatMap(CaseReviewReader::read);
    }

    private static Optional<ImageReview> read(Fields fields) {
        ImageReviewBuilder review = ImageReview.builder()
                .namespace(fields.get("namespace")
                        .flatMap(node -> node.parse(Names::namespaceOrUnknown))
                        .orElse(CaseSubject.NAMESPACE));
        fields.get("kind").flatMap(node -> node.parse(MatchedKind::checkExact)).ifPresent(review::kind);
        fields.get("name").flatMap(YamlNode::text).ifPresent(review::name);
        fields.get("operation").flatMap(node -> node.oneOf(OPERATIONS)).ifPresent(review::operation);
        fields.get("user")
                .flatMap(YamlNode::text)
                .ifPresent(user -> review.user(user).groups(List.of()));
        fields.get("groups").flatMap(list -> list.list(YamlNode::text)).ifPresent(review::groups);
        if (fields.has("labels")) {
            review.labels(fields.texts("labels"));
        }
        if (fields.has("annotations")) {
            review.annotations(fields.texts("annotations"));
        }
        List<YamlNode> items = fields.require("images").map(YamlNode::items).orElse(List.of());
        List<ReviewedImage> images = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            image(items.get(i), i).ifPresent(images::add);
        }
        return images.isEmpty() || images.size() < items.size()
                ? Optional.empty()
                : Optional.of(review.images(images).build());
    }

    private static Optional<ReviewedImage> image(YamlNode item, int index) {
        return item.isMapping()
                ? item.fields("image", "type", "name").flatMap(fields -> container(fields, index))
                : item.text().map(image -> ReviewedImage.of(image, "containers", index));
    }

    private static Optional<ReviewedImage> container(Fields fields, int index) {
        ContainerType type = fields.get("type")
                .flatMap(node -> node.choice(ContainerType.class))
                .orElse(null);
        String name = fields.get("name").flatMap(YamlNode::text).orElse(null);
        return fields.require("image")
                .flatMap(YamlNode::text)
                .map(image -> ReviewedImage.of(image, "containers", index).withContainer(type, name));
    }
}
