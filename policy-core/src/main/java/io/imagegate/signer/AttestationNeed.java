package io.imagegate.signer;

import io.imagegate.fact.Need;
import io.imagegate.predicate.ContentQuery;
import io.imagegate.predicate.JsonPointer;
import io.imagegate.text.Copies;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Asks for attestations of an image by some signers: in-toto statements of one type.
 *
 * @param type predicate type of the statements, compared exactly
 * @param signers the signers, at least one
 * @param pointers the values of the predicate to extract
 * @param contents what else of the predicate to extract
 * @param newest whether older statements than the newest of a signer can be left out
 * @since 0.1
 */
public record AttestationNeed(
        String type, List<Signer> signers, Set<JsonPointer> pointers, Set<ContentQuery<?>> contents, boolean newest)
        implements Need<SignatureFacts> {

    /**
     * Copies the lists.
     *
     * @param type predicate type of the statements
     * @param signers the signers, at least one
     * @param pointers the values of the predicate to extract
     * @param contents what else of the predicate to extract
     * @param newest whether older statements than the newest of a signer can be left out
     * @throws IllegalArgumentException if there is no signer
     */
    public AttestationNeed {
        Objects.requireNonNull(type, "type");
        signers = SignatureNeed.require(signers);
        pointers = Copies.of(pointers);
        contents = Copies.of(contents);
    }

    /**
     * Asks for single values alone, and for the newest statements if of this type the newest counts.
     *
     * @param type predicate type of the statements
     * @param signers the signers, at least one
     * @param pointers the values of the predicate to extract
     * @throws IllegalArgumentException if there is no signer
     */
    public AttestationNeed(String type, List<Signer> signers, Set<JsonPointer> pointers) {
        this(type, signers, pointers, Set.of(), new AttestationType(type).newestCounts());
    }

    /** {@return the SHA-256 of what is asked for, in hexadecimal; names of signers do not count} */
    public String key() {
        return new ContentHash()
                .add("attestations")
                .add(type)
                .addAll(signers.stream().map(Signer::identity).toList())
                .addAll(pointers.stream().map(JsonPointer::text).sorted().toList())
                .addAll(contents.stream().map(ContentQuery::key).toList())
                .add(String.valueOf(newest))
                .hex();
    }

    /** {@return what is asked for, for messages} */
    @Override
    public String toString() {
        return "attestations " + new AttestationType(type) + " by " + SignatureNeed.names(signers);
    }
}
