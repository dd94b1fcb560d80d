package io.imagegate.policy;

import io.imagegate.fact.Fact;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Review after its images were rewritten and pinned, as far as their digests are known. Rules see only the new names. Not
 * thread-safe.
 */
final class MutatedReview {

    /** An image that must get a digest and has none yet, with what is known about the digest. */
    record Unpinned(ReviewedImage image, ImageReference reference, Fact<Digest> digest, Enforcement enforcement) {

        /** {@return whether its digest was not looked up yet} */
        boolean isPending() {
            return digest.state() == Fact.State.PENDING;
        }
    }

    private record Container(String list, String name) {}

    private final Mutation mutation;
    private final MutationScope scope;
    private final Instant instant;
    private final Map<ImageReference, ImageFacts> facts;
    private final Map<Container, ImageReference> before = new HashMap<>();
    private final List<ReviewedImage> images = new ArrayList<>();
    private final List<ImageMutation> mutations = new ArrayList<>(0);
    private final List<Unpinned> unpinned = new ArrayList<>(0);
    private final ImageReview review;

    /**
     * Rewrites and pins the images of a review.
     *
     * @param written the review with the images as written
     * @param mutation how they are changed
     * @param scope which of them
     * @param instant the instant of the decision
     * @param known what is known about images
     */
    MutatedReview(
            ImageReview written,
            Mutation mutation,
            MutationScope scope,
            Instant instant,
            Map<ImageReference, ImageFacts> known) {
        this.mutation = mutation;
        this.scope = scope;
        this.instant = instant;
        this.facts = new HashMap<>(known);
        for (ReviewedImage image : scope.before()) {
            image.containerName()
                    .ifPresent(name -> ImageReference.tryParse(image.text())
                            .ifPresent(old -> before.put(new Container(image.list(), name), old)));
        }
        written.images().forEach(this::add);
        this.review = written.toBuilder()
                .images(images)
                .imagesUnchanged(written.imagesUnchanged() || isAsBefore())
                .build();
    }

    private boolean isAsBefore() {
        return !scope.before().isEmpty() && images.equals(scope.before());
    }

    /** {@return the review with the new names; it is unchanged if these are the names before the update} */
    ImageReview review() {
        return review;
    }

    /** {@return the images that have another name than written} */
    List<ImageMutation> mutations() {
        return mutations;
    }

    /** {@return the images that must get a digest and have none} */
    List<Unpinned> unpinned() {
        return unpinned;
    }

    /** {@return the images whose digests are to be looked up before they are checked} */
    Set<ImageReference> pending() {
        return unpinned.stream()
                .filter(Unpinned::isPending)
                .map(Unpinned::reference)
                .collect(Collectors.toSet());
    }

    /** {@return the images that are denied because they got no digest} */
    Set<ImageReference> denied() {
        return unpinned.stream()
                .filter(image -> !image.isPending() && image.enforcement() == Enforcement.DENY)
                .map(Unpinned::reference)
                .collect(Collectors.toSet());
    }

    /** {@return what is known about images, the digests of pinned ones included} */
    Map<ImageReference, ImageFacts> facts() {
        return facts;
    }

    /** {@return what the source of facts threw about the digest of an image; null if it threw nothing} */
    @Nullable
    Throwable failure(ImageReference image) {
        return facts.getOrDefault(image, ImageFacts.NONE).digest().failure().orElse(null);
    }

    private void add(ReviewedImage image) {
        if (scope.restores(mutation, image) && restore(image)) {
            return;
        }
        MutationScope.Effect effect = scope.effect(mutation, image);
        Optional<ImageReference> written =
                effect == MutationScope.Effect.NONE || image.unknown().isPresent()
                        ? Optional.empty()
                        : ImageReference.tryParse(image.text()).filter(ImageReference::hasRegistry);
        if (written.isEmpty()) {
            images.add(image);
            return;
        }
        String rewritten = mutation.rewrite(written.get()).orElse(null);
        // A new name that is no reference is denied like any other.
        Optional<ImageReference> named = rewritten == null ? written : ImageReference.tryParse(rewritten);
        boolean patched = effect == MutationScope.Effect.PATCHED;
        ImageReference pinned = named.filter(mutation::pins)
                .map(reference -> pin(image, reference, patched))
                .orElse(null);
        String result = pinned != null ? pinned.text() : rewritten != null ? rewritten : image.text();
        images.add(image.withText(result));
        if (!result.equals(image.text())) {
            Digest digest = pinned == null ? null : pinned.digest().orElse(null);
            mutations.add(new ImageMutation(image, rewritten, digest, result, patched));
        }
    }

    /** Gives an image its name before the update, if it is written without what it then got. */
    private boolean restore(ReviewedImage image) {
        ImageReference old = before(image);
        Optional<ImageReference> written = ImageReference.tryParse(image.text()).filter(ImageReference::hasRegistry);
        if (old == null || written.isEmpty()) {
            return false;
        }
        String rewritten = mutation.rewrite(written.get()).orElse(null);
        Optional<ImageReference> named = rewritten == null ? written : ImageReference.tryParse(rewritten);
        boolean pinned = named.filter(mutation::pins)
                .filter(reference -> isWithoutDigest(reference, old))
                .isPresent();
        if (!pinned && (rewritten == null || !old.text().equals(rewritten))) {
            return false;
        }
        images.add(image.withText(old.text()));
        Digest digest = pinned ? old.digest().orElse(null) : null;
        mutations.add(new ImageMutation(image, rewritten, digest, old.text(), true));
        return true;
    }

    private @Nullable ImageReference before(ReviewedImage image) {
        return image.containerName()
                .map(name -> before.get(new Container(image.list(), name)))
                .orElse(null);
    }

    /** {@return whether a pinned image is another one without its digest} */
    private static boolean isWithoutDigest(ImageReference image, ImageReference pinned) {
        return pinned.digest()
                .filter(digest -> tagged(image).withDigest(digest).equals(pinned))
                .isPresent();
    }

    /** {@return the image with the tag that it means, so that rules against latest still see it} */
    private static ImageReference tagged(ImageReference image) {
        return image.hasTag() ? image : image.withTag("latest");
    }

    /** {@return the image with a digest; null if its digest is not known} */
    private @Nullable ImageReference pin(ReviewedImage image, ImageReference reference, boolean patched) {
        ImageReference old = patched ? before(image) : null;
        if (old != null && isWithoutDigest(reference, old)) {
            return old;
        }
        Fact<Digest> digest = facts.getOrDefault(reference, ImageFacts.NONE).digest();
        if (digest.value().isEmpty()) {
            Enforcement enforcement =
                    digest.state() == Fact.State.UNAVAILABLE ? mutation.onUnavailable() : Enforcement.DENY;
            unpinned.add(new Unpinned(image.withText(reference.text()), reference, digest, enforcement));
            return null;
        }
        ImageReference pinned = tagged(reference).withDigest(digest.value().get());
        ImageFacts found = ImageFacts.at(instant).with(Need.DIGEST, digest);
        facts.merge(pinned, found, (more, own) -> own.and(more));
        return pinned;
    }
}
