package io.imagegate.manifest;

import io.imagegate.syntax.PassedFields;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;

/**
 * Detects whether a field of an object could name an image: one whose name contains {@code image}, {@code containers},
 * one that ends with {@code Containers}, and {@code repository} beside {@code tag} or {@code digest}, at any depth. Not
 * thread-safe.
 */
final class ImageFields implements PassedFields {

    private static final Set<String> ABOUT_PULLING = Set.of("imagePullPolicy", "imagePullSecrets");

    private final Deque<Siblings> open = new ArrayDeque<>();
    private boolean found;

    private static final class Siblings {
        private boolean repository;
        private boolean version;
    }

    @Override
    public void enter() {
        open.push(new Siblings());
    }

    @Override
    public void name(String name) {
        Siblings siblings = open.element();
        siblings.repository |= name.equals("repository");
        siblings.version |= name.equals("tag") || name.equals("digest");
        found |= (siblings.repository && siblings.version)
                || name.equals("containers")
                || name.endsWith("Containers")
                || (name.toLowerCase(Locale.ROOT).contains("image") && !ABOUT_PULLING.contains(name));
    }

    @Override
    public void leave() {
        open.pop();
    }

    /** {@return whether one of the fields could name an image} */
    boolean found() {
        return found;
    }
}
