package io.imagegate.signature.fact;

import io.imagegate.fact.Fact;
import io.imagegate.fact.Need;
import io.imagegate.predicate.ContentQuery;
import io.imagegate.predicate.JsonPointer;
import io.imagegate.reference.Digest;
import io.imagegate.signature.SignedContent;
import io.imagegate.signature.Verdict;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signature.search.SearchEnd;
import io.imagegate.signature.search.SignatureFinding;
import io.imagegate.signature.search.SignatureVisitor;
import io.imagegate.signer.AttestationNeed;
import io.imagegate.signer.AttestationType;
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

/** Makes of what a search finds the facts that rules ask for. It keeps what a need asks for, and no body. */
final class SignatureCollector implements SignatureVisitor {

    private static final int MOST_OTHERS = 1_000;

    private final Digest image;
    private final Need<SignatureFacts> need;
    private final List<Signer> signers;
    private final Set<String> annotations;
    private final Set<JsonPointer> pointers;
    private final String type;

    private final Optional<ContentQuery> query;
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
            query = attestations.content();
        } else {
            SignatureNeed signatures = (SignatureNeed) need;
            signers = signatures.signers();
            annotations = signatures.annotations();
            pointers = Set.of();
            type = "";
            query = Optional.empty();
        }
        verified = new VerifiedStatements(type);
    }

    List<Signer> signers() {
        return signers;
    }

    boolean isForAttestations() {
        return !type.isEmpty();
    }

    String type() {
        return type;
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
            } else if (verdict.unread().isPresent() && isNewestWanted()) {
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
        try {
            addAttestation(aged, good.content());
        } catch (Refusal e) {
            addUnread(by, e.message());
        }
    }

    private SignedBy signedBy(Signer signer, Signatory signatory, Optional<Instant> until) {
        return SignedBy.of(signer, signatory, image).withInterval(Instant.MIN, until.orElse(Instant.MAX));
    }

    private void addAttestation(SignedBy signed, SignedContent predicate) {
        SignedBy whole = signed.withPredicate(type, PredicateValues.read(predicate, pointers));
        if (!verified.hasNewer(whole)) {
            verified.add(query.map(of -> whole.withContent(PredicateValues.content(predicate, of, image)))
                    .orElse(whole));
        }
    }

    /** {@return whether the newest statement decides, of scan results, VEX documents and verification summaries} */
    private boolean isNewestWanted() {
        return query.isPresent() || new AttestationType(type).newestCounts();
    }

    private void addUnread(Signer signer, Verdict.Unread unread) {
        addUnread(signedBy(signer, unread.signatory(), unread.until()), unread.reason());
    }

    /** It has no date, also not that of its certificate, so that it may be newer than all others. */
    private void addUnread(SignedBy signed, String reason) {
        verified.add(signed.withPredicate(type, Map.of()).withContent(Fact.undecidable(reason)));
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
