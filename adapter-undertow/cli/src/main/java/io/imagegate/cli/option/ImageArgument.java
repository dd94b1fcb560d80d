package io.imagegate.cli.option;

import io.imagegate.reference.ImageReference;
import io.imagegate.reference.ReferenceSyntaxException;

/** The image on the command line of commands that ask its registry. */
public final class ImageArgument {

    private ImageArgument() {}

    public static ImageReference parse(String image) {
        try {
            ImageReference reference = ImageReference.parse(image);
            if (reference.hasRegistry()) {
                return reference;
            }
            throw new CommandProblem(reference.canonical() + " has no registry, expected one before the first slash");
        } catch (ReferenceSyntaxException invalid) {
            throw new CommandProblem(String.valueOf(invalid.getMessage()));
        }
    }
}
