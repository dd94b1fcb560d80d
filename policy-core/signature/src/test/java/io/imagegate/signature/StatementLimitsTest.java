package io.imagegate.signature;

import static io.imagegate.signature.Verdicts.undecidable;
import static io.imagegate.signature.Verdicts.verified;

import io.imagegate.signer.Signer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Statements that would take much more memory than their text: whoever signs may be hostile, too. */
class StatementLimitsTest {

    private static final String SUBJECT = "\"subject\":[";
    private static final String PREDICATE = "\"predicate\":{";

    private final TestKey key = TestKey.p256();
    private final Signer signer = TestSigners.keys(List.of(TestSigners.key(key.pem())));

    /** A statement with more text at a place. */
    private Verdict with(String place, String more) {
        String text = TestBundle.statement(Recorded.IMAGE, "https://a.example", "{}");
        return TestBundle.by(key).payload(text.replace(place, more)).verify(signer);
    }

    private static String names(int count) {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < count; i++) {
            names.append("\"name").append(i).append("\":1,");
        }
        return names.toString();
    }

    @Test
    @DisplayName("too many names in the predicate, in other fields and beside them are undecidable")
    void names() {
        String many = names(40_000);
        undecidable(with(PREDICATE, PREDICATE + many + "\"z\":1,\"y\":{"), "too many names");
        undecidable(with(PREDICATE, "\"later\":{" + many + "\"z\":1}," + PREDICATE), "too many names");
        undecidable(with(PREDICATE, many + PREDICATE), "too many names");
        verified(with(PREDICATE, names(10_000) + PREDICATE));
    }

    @Test
    @DisplayName("too many parts and names in subjects are undecidable")
    void subjects() {
        undecidable(with(SUBJECT, SUBJECT + "{\"x\":[" + "1,".repeat(20_000) + "1]},"), "more than 20000 parts");
        undecidable(with(SUBJECT, SUBJECT + "{\"x\":[" + "{},".repeat(20_000) + "1]},"), "more than 20000 parts");
        undecidable(
                with(SUBJECT, SUBJECT + ("{\"x\":[" + "1,".repeat(30) + "1]},").repeat(900)), "more than 20000 parts");
        String longName = "{\"" + "n".repeat(1000) + "\":1},";
        undecidable(with(SUBJECT, SUBJECT + ("{\"x\":[" + longName.repeat(20) + "1]},").repeat(60)), "characters of");
        String subject = "{\"name\":\"other\",\"digest\":{\"sha256\":\"" + "0".repeat(64) + "\"}},";
        verified(with(SUBJECT, SUBJECT + subject.repeat(998)));
        undecidable(with(SUBJECT, SUBJECT + subject.repeat(1000)), "more than 1000");
    }
}
