package io.imagegate.signature.fact;

import io.imagegate.fact.Fact;
import io.imagegate.fact.Need;
import io.imagegate.predicate.ContentQuery;
import io.imagegate.predicate.JsonPointer;
import io.imagegate.predicate.PredicateContent;
import io.imagegate.predicate.PredicateReader;
import io.imagegate.predicate.PredicateValue;
import io.imagegate.reference.Digest;
import io.imagegate.signature.Verdict;
import io.imagegate.signature.Verifier;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signature.search.SearchEnd;
import io.imagegate.signature.search.SignatureFinding;
import io.imagegate.signature.search.SignatureSearch;
import io.imagegate.signature.search.SignatureVisitor;
import io.imagegate.signer.AttestationNeed;
import io.imagegate.signer.Signatory;
import io.imagegate.signer.SignatureFacts;
import io.imagegate.signer.SignatureFault;
import io.imagegate.signer.SignatureNeed;
import io.imagegate.signer.SignedBy;
import io.imagegate.signer.Signer;
import io.imagegate.signer.Unaccepted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Makes of what a search finds the facts that rules ask for. It keeps what a need asks for, and no body. */
final class SignatureCollector implements SignatureVisitor {

    private static final int MOST_OTHERS = 1_000;

    private final Digest image;
    private final Need<SignatureFacts> need;
    private final List<Signer> signers;
    private final Set<String> annotations;
    private final Set<JsonPointer> pointers;
    private final Set<ContentQuery<?>> contents;
    private final String type;

    /** Whether the newest statement decides, of scan results, VEX documents and verification summaries. */
    private final boolean newest;

    private final VerifiedStatements verified;
    /** What does not count. A reason is given once, however many signatures there are. */
    private final Set<Unaccepted> others = new LinkedHashSet<>();

    /** What is about something else, such as attestations of other types: only told where nothing else was found. */
    private final Set<Unaccepted> elsewhere = new LinkedHashSet<>();

    SignatureCollector(Digest image, Need<SignatureFacts> need) {
        this.image = image;
        this.need = need;
        if (need instanceof AttestationNeed attestations) {
            signers = attestations.signers();
            annotations = Set.of();
            pointers = attestations.pointers();
            type = attestations.type();
            contents = attestations.contents();
            newest = attestations.newest() || !contents.isEmpty();
            verified = new VerifiedStatements(attestations.newest());
        } else {
            SignatureNeed signatures = (SignatureNeed) need;
            signers = signatures.signers();
            annotations = signatures.annotations();
            pointers = Set.of();
            type = "";
            contents = Set.of();
            newest = false;
            verified = new VerifiedStatements(false);
        }
    }

    /**
     * Collects what a search finds.
     *
     * @throws Refusal if a signer cannot be verified
     */
    CompletableFuture<SearchEnd> collect(SignatureSearch search, Verifier verifier, Instant at) {
        try {
            signers.forEach(verifier::requireUsable);
        } catch (IllegalArgumentException e) {
            throw Refusal.undecidable(String.valueOf(e.getMessage()));
        }
        return isForAttestations()
                ? search.attestations(image, type, signers, at, this)
                : search.signatures(image, signers, at, this);
    }

    private boolean isForAttestations() {
        return !type.isEmpty();
    }

    @Override
    public synchronized boolean visit(SignatureFinding finding) {
        boolean counted = false;
        List<Verdict> refused = new ArrayList<>();
        for (int i = 0; i < signers.size(); i++) {
            Verdict verdict = finding.verdicts().get(i);
            if (verdict instanceof Verdict.Verified good) {
                counted = true;
                add(signers.get(i), good);
            } else if (verdict.unread().isPresent() && newest) {
                counted = true;
                addUnread(signers.get(i), verdict.unread().get());
            } else {
                refused.add(verdict);
            }
        }
        Optional<Unaccepted> other = unaccepted(refused, counted);
        other.ifPresent(found -> place(found, refused));
        return !verified.isFull() && !isEnough();
    }

    /** What is undecidable always counts, whatever it is about. */
    private void place(Unaccepted found, List<Verdict> refused) {
        boolean aboutElse = !found.undecidable() && refused.stream().anyMatch(SignatureCollector::isAboutElse);
        Set<Unaccepted> place = aboutElse ? elsewhere : others;
        if (place.size() < MOST_OTHERS) {
            place.add(found);
        }
    }

    private static boolean isAboutElse(Verdict verdict) {
        return verdict instanceof Verdict.Violated violated && violated.fault() == SignatureFault.CONTENT;
    }

    /** Of several signers another one may be found later, and of a keyless one a younger signature. */
    private boolean isEnough() {
        return signers.size() == 1
                && !isForAttestations()
                && annotations.isEmpty()
                && !signers.get(0).provesAge()
                && verified.all().stream().anyMatch(signed -> signed.until().equals(Instant.MAX));
    }

    private void add(Signer signer, Verdict.Verified good) {
        SignedBy by = signedBy(signer, good.signatory(), good.until());
        SignedBy keyed = by.withKey(good.key());
        SignedBy aged = good.issued().map(keyed::withIssued).orElse(keyed);
        if (!isForAttestations()) {
            Map<String, String> signed = new HashMap<>(good.content().annotations());
            signed.keySet().retainAll(annotations);
            verified.add(aged.withAnnotations(signed));
            return;
        }
        PredicateReader predicate = PredicateReader.of(good.content()::openPredicate);
        Fact<Map<JsonPointer, PredicateValue>> values = predicate.values(pointers);
        if (values.value().isPresent()) {
            addAttestation(aged.withPredicate(type, values.value().get()), predicate);
        } else {
            addUnread(by, values.reason());
        }
    }

    private SignedBy signedBy(Signer signer, Signatory signatory, Optional<Instant> until) {
        return SignedBy.of(signer, signatory, image).withInterval(Instant.MIN, until.orElse(Instant.MAX));
    }

    private void addAttestation(SignedBy signed, PredicateReader predicate) {
        if (!verified.hasNewer(signed)) {
            SignedBy whole = signed;
            for (ContentQuery<?> query : contents) {
                whole = withContent(whole, query, predicate);
            }
            verified.add(whole);
        }
    }

    private <T extends PredicateContent> SignedBy withContent(
            SignedBy signed, ContentQuery<T> query, PredicateReader predicate) {
        return signed.withContent(query, predicate.content(query, image));
    }

    private void addUnread(Signer signer, Verdict.Unread unread) {
        addUnread(signedBy(signer, unread.signatory(), unread.until()), unread.reason());
    }

    private void addUnread(SignedBy signed, String reason) {
        verified.add(signed.withPredicate(type, Map.of()).withUnread(reason));
    }

    /** {@return why a signature does not count, by the signer that comes nearest} */
    private static Optional<Unaccepted> unaccepted(List<Verdict> refused, boolean counted) {
        for (Verdict verdict : refused) {
            if (verdict instanceof Verdict.Undecidable unknown) {
                return Optional.of(Unaccepted.undecidable("found one that cannot be verified: " + unknown.message()));
            }
        }
        Verdict.Violated nearest = null;
        for (Verdict verdict : refused) {
            if (verdict instanceof Verdict.Violated violated && (nearest == null || isNearer(violated, nearest))) {
                nearest = violated;
            }
        }
        return counted || nearest == null
                ? Optional.empty()
                : Optional.of(Unaccepted.because(
                        (nearest.message().startsWith("signed ") ? "found one " : "found one that does not count: ")
                                + nearest.message()));
    }

    /** Who signed something else is told so; who signed with a key is told about keys, not about certificates. */
    private static boolean isNearer(Verdict.Violated violated, Verdict.Violated than) {
        return isAboutElse(violated)
                || (than.fault() == SignatureFault.MATERIAL && violated.fault() != SignatureFault.MATERIAL);
    }

    /** {@return the facts after a search} */
    synchronized Fact<SignatureFacts> facts(SearchEnd end) {
        boolean missing = end.missing().isPresent();
        boolean down = end.missing().filter(Fact.State.UNAVAILABLE::equals).isPresent();
        Set<Unaccepted> refused = verified.all().isEmpty() && others.isEmpty() ? elsewhere : others;
        if (verified.all().isEmpty() && refused.isEmpty()) {
            if (!missing) {
                return Fact.absent(image + " has no " + (isForAttestations() ? "attestation" : "signature"));
            }
            return down ? Fact.unavailable(end.reason()) : Fact.undecidable(end.reason());
        }
        SignatureFacts facts = SignatureFacts.of(List.copyOf(verified.all()))
                .withOthers(List.copyOf(refused))
                .withManifests(end.manifests());
        if (verified.isFull()) {
            return Fact.known(
                    facts.withUnread("what the " + need + " say is more than " + VerifiedStatements.MOST + " bytes"));
        }
        if (!missing) {
            return Fact.known(facts);
        }
        return Fact.known(down ? facts.withUnavailable(end.reason()) : facts.withUnread(end.reason()));
    }
}
