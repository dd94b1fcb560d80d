package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import io.imagegate.input.InputObject;
import io.imagegate.input.edit.FileSyntax;
import io.imagegate.kubernetes.ChartImage;
import io.imagegate.kubernetes.ChartValues;
import io.imagegate.kubernetes.ObjectKind;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.MutationScope;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import io.imagegate.text.Names;
import io.imagegate.wire.WireLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiPredicate;

/**
 * The values that an object gives to a chart, of all places that it names, with the images in them.
 *
 * @param object the object, such as an Application
 * @param objectKind its kind
 * @param images the images
 * @param nodes where each is written
 * @param scope which of them are changed before they are judged
 */
record DeployedValues(
        ManifestNode object,
        ObjectKind objectKind,
        List<ReviewedImage> images,
        List<ManifestNode> nodes,
        MutationScope scope)
        implements InputObject {

    /** {@return the images in values; empty if there is none} */
    static Optional<DeployedValues> of(ManifestNode object, ObjectKind kind, ManifestNode values)
            throws InputException {
        return read(object, kind, values, MutationScope.AS_WRITTEN, (found, node) -> true);
    }

    /**
     * {@return the images in values of which no format has the place: those in texts and parameters; empty if there is none}
     *
     * @param isWorkload whether images that stand in the object as a whole are read as those of the object
     */
    static Optional<DeployedValues> unwritten(
            ManifestNode object, ObjectKind kind, ManifestNode values, boolean isWorkload) throws InputException {
        return read(
                object,
                kind,
                values,
                MutationScope.AS_IN_PODS,
                (found, node) -> found.image().unknown().isEmpty()
                        && (node.source.isInline() || (isIn(object, node) && (!isWorkload || found.parts() != null))));
    }

    private static Optional<DeployedValues> read(
            ManifestNode object,
            ObjectKind kind,
            ManifestNode values,
            MutationScope scope,
            BiPredicate<ChartValues.Found, ManifestNode> isWanted)
            throws InputException {
        NodeCursor cursor = new NodeCursor(values, FileSyntax.LIMITS);
        List<ReviewedImage> images = new ArrayList<>();
        List<ManifestNode> nodes = new ArrayList<>();
        for (ChartValues.Found found : ChartValues.read(cursor, WireLimits.DEFAULTS.images())) {
            ManifestNode node = cursor.node(found.offset());
            if (node == null && found.parts() != null) {
                for (ChartImage.Part part : found.parts().parts().values()) {
                    ManifestNode other = cursor.node(part.offset());
                    boolean isOwn = other != null && isIn(object, other) && !isIn(object, node == null ? other : node);
                    node = node == null || isOwn ? other : node;
                }
            }
            ManifestNode place = node == null ? object : node;
            String variable = FluxVariables.unknown(found.image().text());
            if (isWanted.test(found, place)) {
                images.add(variable.isEmpty() ? found.image() : found.image().withUnknown(variable));
                nodes.add(place);
            }
        }
        return images.isEmpty()
                ? Optional.empty()
                : Optional.of(new DeployedValues(object, kind, images, nodes, scope));
    }

    private static boolean isIn(ManifestNode object, ManifestNode node) {
        return object.source.path().equals(node.source.path());
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
        String namespace = metadata("namespace");
        return (objectKind.kind() + " " + (namespace.isEmpty() ? "" : namespace + "/") + metadata("name")).strip();
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
