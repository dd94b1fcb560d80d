package io.imagegate.policytest;

import io.imagegate.document.PolicyDocumentException;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.document.file.Source;
import io.imagegate.document.file.SourceFiles;
import io.imagegate.document.policy.ReaderSettings;
import io.imagegate.document.yaml.Problems;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.ImageReference;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Facts about images as a case of a policy test gives them; what is not given is absent. They verify nothing. Immutable and
 * thread-safe.
 *
 * @since 0.1
 */
public final class TestFacts implements FactSource {

    /** No facts about any image. */
    public static final TestFacts NONE = new TestFacts(StatedFacts.NONE);

    private final StatedFacts facts;

    private TestFacts(StatedFacts facts) {
        this.facts = facts;
    }

    /**
     * Reads facts about images from a text, in the form of {@code facts} of a case of a policy test, so that an {@link
     * io.imagegate.policy.ImageGate} can decide without registries.
     *
     * <pre>{@code
     * String created = "nginx:1: {created: 2026-11-01T00:00:00Z}";
     * TestFacts facts = TestFacts.read("facts", created, List.of("nginx:1"), policies);
     * Decision decision = ImageGate.of(() -> policies, facts).decide(ImageReview.of("nginx:1"));
     * }</pre>
     *
     * @param name name of the text, for messages
     * @param text a mapping from names of images, which cannot refer to files and layouts; may be empty
     * @param images the names of images that may have facts, as they are written before policies rewrite them
     * @param policies the policies that will ask for the facts
     * @return the facts
     * @throws PolicyDocumentException if anything is wrong with the text, or it names an image that is not there or a signer that
     *     no policy has
     */
    public static TestFacts read(String name, String text, Collection<String> images, PolicySet policies) {
        Problems problems = new Problems();
        Source source = new Source(name, null, new SourceFiles(problems), problems);
        StatedFacts facts = StatedFacts.read(source, text, images, policies);
        // Only its package makes this exception of problems, which programs do not see; no settings of it count here.
        ReaderSettings.of(new PolicyDocuments().withFactories(List.of()))
                .refusal()
                .accept(problems);
        return new TestFacts(facts);
    }

    StatedFacts stated() {
        return facts;
    }

    @Override
    public CompletableFuture<Map<ImageReference, ImageFacts>> find(
            Map<ImageReference, Set<Need<?>>> needs, Duration limit) {
        return facts.source().find(needs, limit);
    }
}
