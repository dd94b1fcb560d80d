package io.imagegate.policytest;

import io.imagegate.document.yaml.YamlNode;
import io.imagegate.fact.Fact;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageReference;
import io.imagegate.signer.AttestationNeed;
import io.imagegate.signer.SignatureNeed;
import io.imagegate.signer.Signer;
import io.imagegate.text.Copies;
import io.imagegate.text.Suggestion;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The facts that a case of a policy test gives; what it does not give is absent.
 *
 * @param facts the facts of images
 * @param signatures who signed and attested images
 * @param layouts where the facts of other images are
 * @param signers the names of signers that the case has
 */
record CaseFacts(
        Map<ImageReference, ImageFacts> facts,
        Map<ImageReference, CaseSignatures> signatures,
        Map<ImageReference, FactSource> layouts,
        List<YamlNode> signers)
        implements FactSource {

    static final CaseFacts NONE = new CaseFacts(Map.of(), Map.of(), Map.of(), List.of());

    CaseFacts {
        facts = Copies.of(facts);
        signatures = Copies.of(signatures);
        layouts = Copies.of(layouts);
    }

    /** {@return the images of which facts are given} */
    Set<ImageReference> images() {
        Set<ImageReference> images = new HashSet<>(facts.keySet());
        images.addAll(layouts.keySet());
        return images;
    }

    /** Records a problem with each signer that no policy has. */
    void requireSigners(PolicySet policies) {
        List<String> known = policies.policies().stream()
                .flatMap(policy -> policy.signers().stream())
                .map(Signer::name)
                .distinct()
                .toList();
        signers.forEach(node -> node.text()
                .filter(name -> !known.contains(name))
                .ifPresent(name -> node.problem(
                        "unknown signer " + YamlNode.quote(name),
                        Suggestion.oneOf(name, known, "spec.signers of the policy"))));
    }

    @Override
    public CompletableFuture<Map<ImageReference, ImageFacts>> find(
            Map<ImageReference, Set<Need<?>>> needs, Duration limit) {
        CompletableFuture<Map<ImageReference, ImageFacts>> all = CompletableFuture.completedFuture(Map.of());
        for (Map.Entry<ImageReference, Set<Need<?>>> need : needs.entrySet()) {
            all = all.thenCombine(find(need.getKey(), need.getValue(), limit), CaseFacts::both);
        }
        return all;
    }

    private CompletableFuture<Map<ImageReference, ImageFacts>> find(
            ImageReference image, Set<Need<?>> wanted, Duration limit) {
        FactSource layout = layouts.get(image);
        return layout == null
                ? CompletableFuture.completedFuture(Map.of(image, given(image, wanted)))
                : layout.find(Map.of(image, wanted), limit);
    }

    private static Map<ImageReference, ImageFacts> both(
            Map<ImageReference, ImageFacts> some, Map<ImageReference, ImageFacts> more) {
        Map<ImageReference, ImageFacts> both = new HashMap<>(some);
        both.putAll(more);
        return both;
    }

    private ImageFacts given(ImageReference image, Set<Need<?>> wanted) {
        ImageFacts given = facts.getOrDefault(image, ImageFacts.at(Instant.EPOCH));
        ImageFacts found = given;
        for (Need<?> need : wanted) {
            if (given.get(need).state() == Fact.State.PENDING) {
                found = answer(image, given, found, need);
            }
        }
        return found;
    }

    private ImageFacts answer(ImageReference image, ImageFacts given, ImageFacts found, Need<?> need) {
        Fact<Digest> digest = given.digest();
        if (digest.state() == Fact.State.UNAVAILABLE) {
            return found.with(need, Fact.unavailable(digest.reason()));
        }
        Optional<Digest> known = digest.value().or(image::digest);
        CaseSignatures signed = signatures.getOrDefault(image, CaseSignatures.NONE);
        if (need instanceof SignatureNeed wanted && known.isPresent()) {
            return found.with(wanted, signed.answer(wanted, known.get()));
        }
        return need instanceof AttestationNeed wanted && known.isPresent()
                ? found.with(wanted, signed.answer(wanted, known.get()))
                : found.with(need, Fact.absent("the test case does not give its " + need));
    }
}
