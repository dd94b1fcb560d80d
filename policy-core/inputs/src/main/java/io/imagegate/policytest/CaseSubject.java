package io.imagegate.policytest;

import io.imagegate.document.file.Source;
import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.input.InputException;
import io.imagegate.input.ManifestObject;
import io.imagegate.manifest.ManifestReader;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.MutationScope;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import io.imagegate.text.Names;
import io.imagegate.workload.Workloads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Subject of a case of a policy test: one image, a review, or a manifest in another file.
 *
 * @param images the images, as typed
 * @param decision decides on them
 */
record CaseSubject(List<String> images, Function<ImageGate, Decision> decision) {

    static final List<String> KINDS = List.of("image", "review", "manifest");

    static final String NAMESPACE = "default";

    static Optional<CaseSubject> read(Source source, Workloads workloads, Fields fields) {
        List<String> kinds = KINDS.stream().filter(fields::has).toList();
        if (kinds.size() != 1) {
            fields.owner()
                    .problem((kinds.isEmpty() ? "no subject" : "several subjects") + ", expected exactly one of "
                            + String.join(", ", KINDS));
            return Optional.empty();
        }
        return switch (kinds.get(0)) {
            case "image" -> image(fields).map(review -> of(review, MutationScope.AS_IN_PODS));
            case "review" ->
                fields.get("review")
                        .flatMap(CaseReviewReader::read)
                        .map(review -> of(review, MutationScope.AS_WRITTEN));
            default -> fields.get("manifest").flatMap(node -> manifest(source, workloads, node));
        };
    }

    private static Optional<CaseSubject> manifest(Source source, Workloads workloads, YamlNode node) {
        return node.text()
                .flatMap(name -> path(source, node, name))
                .flatMap(
                        path -> source.files().text(path, node).flatMap(text -> manifest(node, workloads, path, text)));
    }

    private static Optional<Path> path(Source source, YamlNode node, String name) {
        try {
            if (source.folder() != null) {
                return Optional.of(source.folder().resolve(Path.of(name)));
            }
            node.problem("a file, but this test was not read from a folder; expected an image or a review");
        } catch (InvalidPathException e) {
            node.problem(YamlNode.quote(name) + ", expected the name of a file");
        }
        return Optional.empty();
    }

    /** Returns the only object to decide on. With several, the choice would be a guess. */
    private static Optional<CaseSubject> manifest(YamlNode node, Workloads workloads, Path path, String text) {
        List<ManifestObject> objects = new ArrayList<>();
        try {
            ManifestReader.read(
                    path.toString(),
                    new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                    workloads,
                    objects::add,
                    null);
        } catch (InputException | IOException e) {
            node.problem("the manifest cannot be read: " + e.getMessage());
            return Optional.empty();
        }
        List<ManifestObject> subjects = subjects(objects);
        if (subjects.size() != 1) {
            node.problem(subjects.size() + " objects to decide on in " + YamlNode.quote(path.toString())
                    + ", expected exactly one");
            return Optional.empty();
        }
        ManifestObject subject = subjects.get(0);
        return Optional.of(new CaseSubject(texts(subject.images()), gate -> decide(subject, gate)));
    }

    /** Unlike a command that reads manifests, a webhook denies each kind that it does not know, whatever its fields. */
    private static Decision decide(ManifestObject subject, ImageGate gate) {
        Decision decision = subject.decide(gate, NAMESPACE);
        return decision.allowed()
                        && !subject.isReview()
                        && hasGroupWithDot(subject.kind())
                        && gate.policies().workloads().find(subject.kind()).isEmpty()
                ? gate.policies().decideUnknownKind(subject.kind(), "", "")
                : decision;
    }

    /** Returns reviews and objects with images; if there are none, objects of unknown kinds. */
    private static List<ManifestObject> subjects(List<ManifestObject> objects) {
        List<ManifestObject> subjects = objects.stream()
                .filter(object -> object.isReview() || !object.images().isEmpty())
                .toList();
        return subjects.isEmpty()
                ? objects.stream()
                        .filter(object -> hasGroupWithDot(object.kind()))
                        .toList()
                : subjects;
    }

    /** All custom resources have such a group. */
    private static boolean hasGroupWithDot(String kind) {
        return kind.indexOf('.') != kind.lastIndexOf('.');
    }

    private static CaseSubject of(ImageReview review, MutationScope scope) {
        return new CaseSubject(texts(review.images()), gate -> gate.decide(review, scope));
    }

    private static List<String> texts(List<ReviewedImage> images) {
        return images.stream().map(ReviewedImage::text).distinct().toList();
    }

    private static Optional<ImageReview> image(Fields fields) {
        String namespace = fields.get("namespace")
                .flatMap(node -> node.parse(Names::namespaceOrUnknown))
                .orElse(NAMESPACE);
        return fields.get("image")
                .flatMap(YamlNode::text)
                .map(image -> ImageReview.of(image).inNamespace(namespace));
    }
}
