package io.imagegate.admission;

import io.imagegate.kubernetes.AdmissionRequest;
import io.imagegate.kubernetes.KubernetesObject;
import io.imagegate.policy.Mutation;
import io.imagegate.policy.MutationScope;
import io.imagegate.review.ContainerType;
import io.imagegate.review.ReviewedImage;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Images of a request that a mutation changes. Immutable and thread-safe.
 *
 * <ul>
 *   <li>A mutating webhook patches them in an object that is created, and in an update those that the old object does not
 *   have in the same list under the same container name.
 *   <li>It never patches mirror pods, since the node runs what its file says; objects that are being deleted; objects other
 *   than pods that a controller owns; and ephemeral containers that exist. A volume in an update gets the stored name
 *   back that it had got before, and no other: volumes of pods cannot be changed.
 *   <li>Images of templates that are not patched are checked by the names that their pods will have; those that are written in
 *   parts as they are.
 *   <li>A validating webhook sees pods as they will be stored.
 * </ul>
 */
final class MutatedImages implements MutationScope {

    private static final String MIRROR = "kubernetes.io/config.mirror";
    private static final String POD = "Pod";

    private record Container(String list, String name) {}

    private final ReviewStage stage;
    private final String kind;
    private final boolean patchable;
    private final boolean updating;
    private final List<ReviewedImage> before;
    private final Set<ReviewedImage> same;
    private final Set<Container> containers;

    private MutatedImages(
            ReviewStage stage, String kind, boolean patchable, boolean updating, List<ReviewedImage> before) {
        this.stage = stage;
        this.kind = kind;
        this.patchable = patchable;
        this.updating = updating;
        this.before = before;
        boolean used = stage != ReviewStage.VALIDATING && !before.isEmpty();
        this.same = used ? before.stream().map(MutatedImages::withoutIndex).collect(Collectors.toSet()) : Set.of();
        this.containers = used ? before.stream().map(MutatedImages::container).collect(Collectors.toSet()) : Set.of();
    }

    static MutatedImages of(ReviewStage stage, AdmissionRequest request, KubernetesObject object) {
        KubernetesObject old = request.oldObject();
        boolean creates =
                request.operation().equals("CREATE") && request.subresource().isEmpty();
        boolean updates = request.operation().equals("UPDATE")
                && (request.subresource().isEmpty() || request.subresource().equals(CheckedImages.EPHEMERAL))
                && old != null
                // The API server sets it; in a new object it proves nothing.
                && !old.isBeingDeleted();
        boolean pod = object.kind().toString().equals(POD);
        boolean untouched = pod
                ? object.annotations().containsKey(MIRROR)
                : object.isControlled() || (old != null && old.isControlled());
        return new MutatedImages(
                stage,
                object.kind().toString(),
                (creates || updates) && !untouched,
                updates,
                updates && old != null ? old.images() : List.of());
    }

    @Override
    public Effect effect(Mutation mutation, ReviewedImage image) {
        if (image.index() < 0) {
            return Effect.NONE;
        }
        if (stage != ReviewStage.VALIDATING && mutation.kinds().contains(kind) && isPatchable(image)) {
            return stage == ReviewStage.MUTATING ? Effect.PATCHED : Effect.FORESEEN;
        }
        return mutation.patchesPods() && !kind.equals(POD) ? Effect.FORESEEN : Effect.NONE;
    }

    @Override
    public boolean restores(Mutation mutation, ReviewedImage image) {
        return stage == ReviewStage.MUTATING
                && patchable
                && updating
                && mutation.kinds().contains(kind)
                && image.containerType().filter(ContainerType.VOLUME::equals).isPresent();
    }

    @Override
    public List<ReviewedImage> before() {
        return before;
    }

    private boolean isPatchable(ReviewedImage image) {
        if (!patchable || !updating) {
            return patchable;
        }
        ContainerType type = image.containerType().orElse(ContainerType.CONTAINER);
        return switch (type) {
            case VOLUME -> false;
            case EPHEMERAL -> !containers.contains(container(image));
            case CONTAINER, INIT -> !same.contains(withoutIndex(image));
        };
    }

    private static Container container(ReviewedImage image) {
        return new Container(image.list(), image.containerName().orElse(""));
    }

    private static ReviewedImage withoutIndex(ReviewedImage image) {
        return ReviewedImage.of(image.text(), image.list(), 0)
                .withContainer(null, image.containerName().orElse(""));
    }
}
