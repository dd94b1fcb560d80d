package io.imagegate.signature.fact;

import io.imagegate.fact.Fact;
import io.imagegate.predicate.PredicateContent;
import io.imagegate.predicate.PredicateValue;
import io.imagegate.signer.SignatureFacts;
import io.imagegate.signer.SignedBy;
import java.util.Map;

/** Estimates the bytes that facts about signatures take in memory. */
final class SignatureMemory {

    private static final long OBJECT = 400;
    private static final long ENTRY = 120;

    private SignatureMemory() {}

    static long of(SignatureFacts facts) {
        return OBJECT
                + facts.verified().stream().mapToLong(SignatureMemory::of).sum()
                + facts.others().stream()
                        .mapToLong(other -> ENTRY + text(other.explanation()))
                        .sum()
                + text(facts.unread().reason());
    }

    static long of(SignedBy signed) {
        return OBJECT
                + text(signed.signatory().name())
                + text(signed.signatory().issuer())
                + text(signed.key().orElse(""))
                + texts(signed.annotations())
                + signed.predicate().entrySet().stream()
                        .mapToLong(entry -> ENTRY + text(entry.getKey().text()) + of(entry.getValue()))
                        .sum()
                + signed.contents().values().stream()
                        .mapToLong(SignatureMemory::of)
                        .sum()
                + text(signed.unreadReason().orElse(""));
    }

    private static long of(Fact<? extends PredicateContent> content) {
        return ENTRY
                + text(content.reason())
                + content.value().map(PredicateContent::weight).orElse(0L);
    }

    private static long of(PredicateValue value) {
        return ENTRY
                + text(value.text())
                + value.elements().stream().mapToLong(SignatureMemory::of).sum();
    }

    private static long texts(Map<String, String> texts) {
        return texts.entrySet().stream()
                .mapToLong(entry -> ENTRY + text(entry.getKey()) + text(entry.getValue()))
                .sum();
    }

    private static long text(String text) {
        return 2L * text.length();
    }
}
