package io.imagegate.registry;

import io.imagegate.document.DocumentProblem;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown when a file of {@code kind: ImageRegistries} has mistakes. It has all of them; the message has one line for each.
 *
 * @since 0.1
 */
public final class ImageRegistriesException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    private final transient List<DocumentProblem> problems;

    private ImageRegistriesException(String message, List<DocumentProblem> problems) {
        super(message);
        this.problems = problems;
    }

    static ImageRegistriesException of(List<DocumentProblem> problems) {
        List<DocumentProblem> sorted = problems.stream()
                .sorted(Comparator.comparingInt(DocumentProblem::line).thenComparingInt(DocumentProblem::column))
                .toList();
        return new ImageRegistriesException(
                sorted.stream().map(DocumentProblem::toString).collect(Collectors.joining("\n")), sorted);
    }

    /** {@return everything that is wrong, at least one problem, from top to bottom} */
    public List<DocumentProblem> problems() {
        return problems;
    }
}
