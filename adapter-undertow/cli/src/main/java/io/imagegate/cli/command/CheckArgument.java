package io.imagegate.cli.command;

import io.imagegate.cli.check.CheckedFiles;
import io.imagegate.cli.option.CommandProblem;
import io.imagegate.reference.ImageReference;
import io.imagegate.reference.ReferenceSyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An argument of {@code check}: an image, or a file, folder or standard input. Ambiguous arguments are rejected.
 *
 * @param text the argument
 * @param isFile whether it is a path or {@code -}
 */
record CheckArgument(String text, boolean isFile) {

    private static final List<String> BEGINNINGS = List.of(".", "/");
    private static final List<String> ENDINGS = List.of("/", ".yaml", ".yml", ".json");

    /**
     * Decides whether an argument is an image or a path.
     *
     * @param text the argument as typed
     * @throws CommandProblem if it could be both, or is neither
     */
    static CheckArgument of(String text) {
        if (text.equals(CheckedFiles.STANDARD_INPUT)
                || BEGINNINGS.stream().anyMatch(text::startsWith)
                || ENDINGS.stream().anyMatch(text::endsWith)) {
            return new CheckArgument(text, true);
        }
        Optional<String> existing = existing(text);
        try {
            ImageReference.parse(text);
        } catch (ReferenceSyntaxException noReference) {
            if (existing.isPresent()) {
                return new CheckArgument(text, true);
            }
            String meant = noReference
                    .suggestion()
                    .map(name -> " (did you mean " + name + "?)")
                    .orElse("");
            throw new CommandProblem(noReference.getMessage() + meant + "; and there is no file of this name");
        }
        existing.ifPresent(what -> {
            throw new CommandProblem(
                    text + ": an image and an existing " + what + ": write ./" + text + " or --image " + text);
        });
        return new CheckArgument(text, false);
    }

    /** {@return {@code file} or {@code folder}, if there is one of this name} */
    static Optional<String> existing(String text) {
        try {
            Path path = Path.of(text);
            return Files.exists(path) ? Optional.of(Files.isDirectory(path) ? "folder" : "file") : Optional.empty();
        } catch (InvalidPathException noPath) {
            return Optional.empty();
        }
    }
}
