package io.imagegate.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Repository;
import io.imagegate.policy.Decision;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.MutationScope;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.policytest.PolicyTests;
import io.imagegate.review.ImageReview;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files as 0.1 reads them, which later versions read alike. Beside each is what it means: the decision on each image of
 * {@code images.txt}, on each case of a test, or the places of the mistakes for which it is refused. A file of the corpus is never changed;
 * new keys get new files.
 */
@DisplayName("The corpus")
class CorpusTest {

    private static final Path CORPUS = PolicySamples.path("corpus");
    private static final Pattern KEY = Pattern.compile("(?m)^\\| `([A-Za-z]+)` \\|");

    /** Their readers are in the modules policy-registry and policy-cel. */
    private static final Set<String> ELSEWHERE = Set.of("layout", "cel", "expression", "messageExpression");

    /** The first line of what is expected says what a file has. */
    static List<Arguments> corpus() throws IOException {
        List<Arguments> corpus = new ArrayList<>();
        for (String folder : List.of("policies", "tests", "refused")) {
            for (Path file : files(folder)) {
                String name = String.valueOf(file.getFileName()).replaceFirst("\\.[a-z]+$", ".expected");
                List<String> expected = Files.readAllLines(file.resolveSibling(name));
                String description = folder + ": " + expected.get(0).substring(2);
                corpus.add(Arguments.of(description, file, expected.subList(1, expected.size())));
            }
        }
        return corpus;
    }

    private static List<Path> files(String folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(CORPUS.resolve(folder), "*.{yaml,json}")) {
            found.forEach(files::add);
        }
        assertThat(files).isNotEmpty();
        return files.stream().sorted().toList();
    }

    private static PolicyDocuments documents() {
        return PolicySamples.documents().withSignatures(root -> {});
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("corpus")
    @DisplayName("means what it meant in 0.1")
    void meansWhatItMeant(String description, Path file, List<String> expected) throws IOException {
        assertThat(file.resolveSibling("").endsWith("tests") ? results(file) : decisions(file))
                .isEqualTo(expected);
    }

    private static List<String> results(Path file) {
        return new PolicyTests(documents())
                .run(file.toString()).stream()
                        .map(result -> result.testCase() + ": " + text(result.decision())
                                + (result.passed() ? "" : ", not as expected"))
                        .toList();
    }

    private static List<String> decisions(Path file) throws IOException {
        PolicySet policies;
        try {
            policies = documents().load(file);
        } catch (PolicyDocumentException refused) {
            return refused.problems().stream()
                    .map(problem -> "refused at " + problem.line() + ":" + problem.column())
                    .toList();
        }
        List<String> lines = new ArrayList<>();
        for (Policy policy : policies.policies()) {
            lines.add("policy %s: locale %s, updates %s, Rollout.argoproj.io %s"
                    .formatted(
                            policy.name(),
                            policy.locale().toLanguageTag(),
                            policy.onUpdate().name().toLowerCase(Locale.ROOT),
                            policy.ignoresKind("Rollout.argoproj.io") ? "ignored" : "unknown"));
        }
        for (String line : Files.readAllLines(CORPUS.resolve("images.txt"))) {
            String[] image = line.split(" ", 2);
            ImageReview review =
                    ImageReview.builder().namespace(image[0]).images(image[1]).build();
            lines.add(line + ": " + text(ImageGate.of(policies).decide(review, MutationScope.AS_IN_PODS)));
        }
        return lines;
    }

    private static String text(Decision decision) {
        StringBuilder text = new StringBuilder(decision.allowed() ? "allowed" : "denied");
        decision.violations()
                .forEach(violation -> text.append(", ")
                        .append(violation.outcome().label())
                        .append(' ')
                        .append(violation.rule()));
        decision.mutations().forEach(mutation -> text.append(", as ").append(mutation.result()));
        return text.toString();
    }

    @Test
    @DisplayName("has every key of POLICY-REFERENCE.md")
    void hasEveryKey() throws IOException {
        StringBuilder texts = new StringBuilder();
        for (String folder : List.of("policies", "tests")) {
            for (Path file : files(folder)) {
                texts.append(Files.readString(file));
            }
        }
        Set<String> missing = new TreeSet<>();
        KEY.matcher(Files.readString(Repository.core("POLICY-REFERENCE.md")))
                .results()
                .map(key -> key.group(1))
                .filter(key -> !ELSEWHERE.contains(key)
                        && !Pattern.compile("\\b" + key + "\"?:").matcher(texts).find())
                .forEach(missing::add);
        assertThat(missing).isEmpty();
    }
}
