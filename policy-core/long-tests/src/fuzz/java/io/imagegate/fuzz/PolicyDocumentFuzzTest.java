package io.imagegate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.imagegate.document.DocumentProblem;
import io.imagegate.document.PolicyDocumentException;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.document.PolicySamples;
import io.imagegate.policy.PolicySet;
import io.imagegate.review.ImageReview;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A text is policies, which fail closed whatever they say, or it has mistakes, each with a place in it. */
@WhereJazzerRuns
class PolicyDocumentFuzzTest {

    private static final PolicyDocuments DOCUMENTS = new PolicyDocuments();

    static Stream<byte[]> seeds() {
        return Stream.concat(
                PolicyDocuments.builtins().stream()
                        .map(name -> PolicyDocuments.builtin(name).getBytes(UTF_8)),
                Stream.of("good/production.yaml", "bad/eight-mistakes.yaml").map(PolicyDocumentFuzzTest::sample));
    }

    private static byte[] sample(String name) {
        try {
            return Files.readAllBytes(PolicySamples.path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void aTextIsPoliciesOrSaysWhereItIsNot(byte[] data) {
        String text = new String(data, UTF_8);
        try {
            PolicySet policies = DOCUMENTS.read("policy.yaml", text);
            assertThat(policies.decide(ImageReview.of("bad image:@@").inNamespace("shop"))
                            .allowed())
                    .isFalse();
        } catch (PolicyDocumentException e) {
            assertThat(e.problems()).isNotEmpty();
            e.problems().forEach(problem -> assertPlaced(problem, text));
        }
    }

    private static void assertPlaced(DocumentProblem problem, String text) {
        long lines = 2
                + text.chars()
                        .filter(c -> c == '\n' || c == '\r' || c == '\u0085' || c == '\u2028' || c == '\u2029')
                        .count();
        assertThat(problem.line()).isBetween(0, (int) lines);
        assertThat(problem.message()).hasSizeLessThan(10_000).matches("[ -~\u2026]*");
    }
}
