package io.imagegate.cli.cluster;

import io.imagegate.input.InputObject;
import io.imagegate.input.ManifestObject;
import io.imagegate.policy.Decision;
import io.imagegate.policy.Violation;
import io.imagegate.review.ReviewedImage;
import io.imagegate.text.Copies;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Finds objects that their controllers cover: the controller was checked before, is in the same namespace, and has all their images, in
 * containers of the same names, and all their findings. Whoever may write an object can name any owner in it, so the name of an owner
 * alone leaves out nothing.
 *
 * <p>Remembers findings of owners up to a limit; objects of owners beyond it are reported. Not thread-safe.
 */
public final class OwnedObjects implements BiPredicate<InputObject, Decision> {

    /** Most characters of what is kept, and how many an entry counts beside its own. */
    private static final long MOST = 16 << 20;

    private static final int ENTRY = 64;

    private final long most;
    private final Map<String, Owner> owners = new HashMap<>();
    /** Most owners are alike: each content is kept once. */
    private final Map<Owner, Owner> contents = new HashMap<>();

    private long kept;

    /** Creates an instance without owners. */
    public OwnedObjects() {
        this(MOST);
    }

    OwnedObjects(long most) {
        this.most = most;
    }

    /** What is known of an owner. */
    private record Owner(String namespace, Set<List<String>> images, Set<List<String>> violations) {

        boolean covers(Owner owned) {
            return namespace.equals(owned.namespace)
                    && images.containsAll(owned.images)
                    && violations.containsAll(owned.violations);
        }

        long weight() {
            return namespace.length() + weight(images) + weight(violations);
        }

        private static long weight(Set<List<String>> all) {
            return all.stream()
                    .mapToLong(texts ->
                            ENTRY + texts.stream().mapToLong(String::length).sum())
                    .sum();
        }
    }

    @Override
    public boolean test(InputObject object, Decision decision) {
        if (!(object instanceof ManifestObject listed)) {
            return false;
        }
        Owner content = content(listed, decision);
        Owner owner = owners.get(listed.controllerUid());
        // Pods own none of the kinds that are read.
        if (!listed.uid().isEmpty() && !listed.kind().equals("Pod")) {
            keep(listed.uid(), content);
        }
        return owner != null && owner.covers(content);
    }

    private static Owner content(ManifestObject object, Decision decision) {
        Set<List<String>> images = new HashSet<>();
        object.images().forEach(image -> images.add(container(image)));
        Set<List<String>> violations = new HashSet<>();
        for (Violation violation : decision.violations()) {
            List<String> found = new ArrayList<>();
            found.add(violation.policy());
            found.add(violation.rule());
            found.add(violation.outcome().label());
            violation.image().ifPresent(image -> found.addAll(container(image)));
            violations.add(List.copyOf(found));
        }
        return new Owner(object.namespace(), Copies.of(images), Copies.of(violations));
    }

    private static List<String> container(ReviewedImage image) {
        return List.of(
                image.containerType().map(Enum::name).orElse(""),
                image.containerName().orElse(""),
                image.text());
    }

    private void keep(String uid, Owner content) {
        Owner known = contents.get(content);
        long weight = ENTRY + uid.length() + (known == null ? content.weight() : 0);
        if (kept + weight <= most) {
            kept += weight;
            if (known == null) {
                contents.put(content, content);
                known = content;
            }
            owners.put(uid, known);
        }
    }
}
