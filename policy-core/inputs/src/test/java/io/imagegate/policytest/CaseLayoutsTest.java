package io.imagegate.policytest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.document.PolicySamples;
import io.imagegate.document.PolicySchema;
import io.imagegate.fact.Fact;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cases of policy tests take facts from layouts, which the program opens. */
class CaseLayoutsTest {

    private static final String HEAD =
            "apiVersion: imagegate.io/v1alpha1\nkind: ImagePolicyTest\nmetadata: {name: t}\nspec:\n";

    @TempDir
    Path folder;

    /** Has every image whose tag is the name of its folder. */
    private static FactSource layout(Path folder) {
        if (folder.endsWith("none")) {
            throw new IllegalArgumentException("it has no oci-layout");
        }
        String tag = folder.getFileName().toString();
        return (needs, limit) -> {
            Map<ImageReference, ImageFacts> found = new HashMap<>();
            needs.keySet()
                    .forEach(image -> found.put(
                            image,
                            ImageFacts.at(Instant.EPOCH)
                                    .with(
                                            Need.DIGEST,
                                            digest(image.tag().orElse("").equals(tag)))));
            return CompletableFuture.completedFuture(found);
        };
    }

    private static Fact<Digest> digest(boolean there) {
        return there ? Fact.known(Digest.parse("sha256:" + "a".repeat(64))) : Fact.absent("the layout lacks it");
    }

    private List<PolicyTestResult> run(PolicyTests tests, String spec) throws IOException {
        Path file = folder.resolve("t.yaml");
        Files.writeString(file, PolicySamples.rule("image: {exists: true}") + "---\n" + HEAD + spec.indent(2));
        return tests.run(file.toString());
    }

    private static PolicyTests tests() {
        return new PolicyTests(PolicySamples.documents()).withLayouts(CaseLayoutsTest::layout);
    }

    @Test
    void eachImageHasItsOwnFacts() throws IOException {
        String spec = """
                cases:
                  - name: in the layout
                    image: a:one
                    facts: {"a:one": {layout: one}}
                    expect: {decision: allowed}
                  - name: not in the layout
                    image: a:two
                    facts: {"a:two": {layout: images/./one}}
                    expect: {decision: denied, reason: the layout lacks it}
                  - name: beside other facts
                    review: {images: ["a:one", "b:1", "c:1"]}
                    facts:
                      "a:one": {layout: one}
                      "b:1": {digest: "sha256:%s"}
                      "c:1": {unavailable: true}
                    expect: {decision: denied, reason: 'image "c:1"'}
                """.formatted("b".repeat(64));
        assertThat(run(tests(), spec))
                .hasSize(3)
                .allSatisfy(result -> assertThat(result.failures()).isEmpty());
        assertThat(PolicySchema.accepts(HEAD + spec.indent(2))).isTrue();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '#',
            value = {
                "{layout: none} # facts.a.layout: no OCI layout: it has no oci-layout",
                "{layout: ..} # facts.a.layout: \"..\", expected a folder below that of this file",
                "{layout: one/../../one} # facts.a.layout: \"one/../../one\", expected a folder below that of this file",
                "{layout: /one} # facts.a.layout: \"/one\", expected a folder below that of this file",
                "{layout: one, size: 1Ki} # facts.a: facts beside layout, expected either",
                "{layout: one, unavailable: true} # facts.a: facts beside layout, expected either",
                "{layout: []} # facts.a.layout: a list, expected text",
            })
    void mistakes(String facts, String problem) {
        String spec = "cases: [{name: a, image: a, facts: {a: " + facts + "}, expect: {decision: allowed}}]";
        assertThatThrownBy(() -> run(tests(), spec)).hasMessageContaining("spec.cases[0]." + problem);
    }

    @Test
    void aProgramMayReadNoLayouts() {
        String spec = "cases: [{name: a, image: a, facts: {a: {layout: one}}, expect: {decision: allowed}}]";
        assertThatThrownBy(() -> run(new PolicyTests(PolicySamples.documents()), spec))
                .hasMessageContaining("facts.a.layout: a layout, but this program reads none, expected facts");
    }
}
