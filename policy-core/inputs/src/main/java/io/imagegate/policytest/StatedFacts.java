package io.imagegate.policytest;

import io.imagegate.document.file.Source;
import io.imagegate.document.yaml.YamlNode;
import io.imagegate.document.yaml.YamlReader;
import io.imagegate.fact.FactSource;
import io.imagegate.policy.PolicySet;
import io.imagegate.text.ByteOrderMark;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Facts in a text of their own, in the form of those of a case.
 *
 * @param source what answers instead of a registry
 * @param written the facts as they were written, by name of the image
 */
record StatedFacts(FactSource source, Map<?, ?> written) {

    /** No facts: everything is absent. */
    static final StatedFacts NONE = new StatedFacts(CaseFacts.NONE, Map.of());

    /**
     * Reads facts. Mistakes are recorded as problems of the text.
     *
     * @param source the text, which has no folder
     * @param text a mapping from names of images, or nothing
     * @param images the names of images that may have facts
     * @param policies the policies that ask for them
     * @return the facts, which are complete if there is no problem
     */
    static StatedFacts read(Source source, String text, Collection<String> images, PolicySet policies) {
        List<YamlNode> documents =
                YamlReader.documents(source.name(), ByteOrderMark.removeFrom(text), source.problems());
        if (documents.isEmpty()) {
            return NONE;
        }
        if (documents.size() > 1) {
            documents.get(1).problem("another document, expected one mapping from names of images");
        }
        YamlNode document = documents.get(0);
        Optional<CaseFacts> facts = FactsReader.read(source, document, images, new Layouts(source, null));
        facts.ifPresent(given -> given.requireSigners(policies));
        return facts.isPresent() && document.value() instanceof Map<?, ?> written
                ? new StatedFacts(RenamedFacts.of(facts.get(), policies.mutation()), written)
                : NONE;
    }
}
