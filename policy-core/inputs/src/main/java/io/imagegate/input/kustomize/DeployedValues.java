package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import io.imagegate.input.edit.ChartImageEdits;
import io.imagegate.input.edit.FileSyntax;
import io.imagegate.input.edit.WrittenInParts;
import io.imagegate.kubernetes.ChartImage;
import io.imagegate.kubernetes.ChartValues;
import io.imagegate.kubernetes.ObjectKind;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.MutationScope;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import io.imagegate.text.Names;
import io.imagegate.wire.WireLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The values that an object gives to a chart, of all places that it names, with the images in them.
 *
 * @param object the object, such as an Application
 * @param objectKind its kind
 * @param images the images
 * @param nodes where each is written
 * @param scope which of them are changed before they are judged
 * @param replacing what is to be replaced in the file so that the image gets another name
 */
record DeployedValues(
        ManifestNode object,
        ObjectKind objectKind,
        List<ReviewedImage> images,
        List<ManifestNode> nodes,
        MutationScope scope,
        Replacing replacing)
        implements WrittenInParts {

    /** Finds what is to be replaced so that an image gets another name. */
    @FunctionalInterface
    interface Replacing {
        List<Edit> edits(ImageReference name) throws InputException;
    }

    /** {@return the images in values; empty if there is none} */
    static Optional<DeployedValues> of(ManifestNode object, ObjectKind kind, ManifestNode values)
            throws InputException {
        List<ReviewedImage> images = new ArrayList<>();
        List<ManifestNode> nodes = new ArrayList<>();
        NodeCursor cursor = new NodeCursor(values, FileSyntax.LIMITS);
        for (ChartValues.Found found : ChartValues.read(cursor, WireLimits.DEFAULTS.images())) {
            images.add(image(found));
            nodes.add(node(object, found, cursor));
        }
        return images.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new DeployedValues(object, kind, images, nodes, MutationScope.AS_WRITTEN, name -> List.of()));
    }

    /** {@return the images in values that an object gives each by itself} */
    static List<DeployedValues> given(ManifestNode object, ManifestNode values, GivenPlaces places)
            throws InputException {
        NodeCursor cursor = new NodeCursor(values, FileSyntax.LIMITS);
        List<DeployedValues> given = new ArrayList<>();
        for (ChartValues.Found found : ChartValues.read(cursor, WireLimits.DEFAULTS.images())) {
            ManifestNode node = node(object, found, cursor);
            if (found.image().unknown().isEmpty() && (node.source.isInline() || places.isGiven(node))) {
                given.add(new DeployedValues(
                        object,
                        DeployingKind.objectKind(object),
                        List.of(image(found)),
                        List.of(node),
                        MutationScope.AS_IN_PODS,
                        name -> edits(found, cursor, node, name, places)));
            }
        }
        return given;
    }

    private static List<Edit> edits(
            ChartValues.Found found, NodeCursor cursor, ManifestNode node, ImageReference name, GivenPlaces places)
            throws InputException {
        if (found.parts() == null) {
            return List.of(places.edit(node, name.text(), name));
        }
        List<Edit> edits = new ArrayList<>();
        for (Edit part :
                ChartImageEdits.of(found.parts(), found.image().text(), name, missing -> places.refused(node, name))) {
            edits.add(places.edit(cursor.node(part.offset()), part.after(), name));
        }
        return edits;
    }

    private static ReviewedImage image(ChartValues.Found found) {
        String variable = FluxVariables.unknown(found.image().text());
        return variable.isEmpty() ? found.image() : found.image().withUnknown(variable);
    }

    /** {@return where an image is written; one in parts where the object has one, if it has} */
    private static ManifestNode node(ManifestNode object, ChartValues.Found found, NodeCursor cursor) {
        ManifestNode node = cursor.node(found.offset());
        if (node == null && found.parts() != null) {
            for (ChartImage.Part part : found.parts().parts().values()) {
                ManifestNode other = cursor.node(part.offset());
                boolean isOwn = other != null && isIn(object, other) && !isIn(object, node == null ? other : node);
                node = node == null || isOwn ? other : node;
            }
        }
        return node == null ? object : node;
    }

    private static boolean isIn(ManifestNode object, ManifestNode node) {
        return object.source.path().equals(node.source.path());
    }

    @Override
    public List<Edit> edits(ImageReference name) throws InputException {
        return replacing.edits(name);
    }

    /** {@return kind, namespace and name of an object} */
    static String title(ManifestNode object) {
        ManifestNode metadata = ManifestNode.in(object, "metadata");
        String namespace = metadata.text("namespace");
        return (object.text("kind") + " " + (namespace.isEmpty() ? "" : namespace + "/") + metadata.text("name"))
                .strip();
    }

    private String metadata(String field) {
        ManifestNode metadata = object.field("metadata");
        return metadata == null ? "" : metadata.text(field);
    }

    @Override
    public String file() {
        return object.source.name();
    }

    @Override
    public int line() {
        return object.line;
    }

    @Override
    public String title() {
        return title(object);
    }

    @Override
    public String kind() {
        return objectKind.toString();
    }

    @Override
    public String source() {
        return "";
    }

    @Override
    public boolean isReview() {
        return false;
    }

    @Override
    public String file(int image) {
        return nodes.get(image).source.name();
    }

    @Override
    public int line(int image) {
        return nodes.get(image).line;
    }

    @Override
    public int column(int image) {
        return nodes.get(image).column;
    }

    @Override
    public int offset(int image) {
        return -1;
    }

    @Override
    public ImageReview review(String defaultNamespace) {
        String namespace = metadata("namespace");
        return ImageReview.builder()
                .images(images)
                .kind(kind())
                .name(metadata("name"))
                .namespace(namespace.isEmpty() ? defaultNamespace : Names.namespaceOrUnknown(namespace))
                .operation("CREATE")
                .build();
    }

    /** Policies that ignore the kind ignore its values. */
    @Override
    public CompletableFuture<Decision> decideAsync(ImageGate gate, String defaultNamespace, Duration limit) {
        Decision ignored = gate.policies().decideUnknownKind(kind(), "", "");
        return ignored.allowed()
                ? CompletableFuture.completedFuture(ignored)
                : gate.decideAsync(review(defaultNamespace), scope, limit);
    }
}
