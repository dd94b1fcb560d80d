package io.imagegate.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Tier;
import io.imagegate.signer.Signatory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One byte is changed in bundles, payloads, certificates, proofs, timestamps and entries, also within base64. The standard tier
 * makes 500 changes, the next 5,000; {@code -Dimagegate.changes=100000} makes more.
 */
@Tag("slow")
class ByteChangesTest {

    private static final int CHANGES = Tier.tries("imagegate.changes", 500, 1_000, 5_000);
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{24,}={0,2}");

    static List<Specimen> specimens() {
        return Specimen.all();
    }

    @ParameterizedTest
    @MethodSource("specimens")
    @DisplayName("each specimen counts as it is")
    void unchanged(Specimen specimen) {
        assertThat(specimen.verify()).isInstanceOf(Verdict.Verified.class);
    }

    @Test
    @DisplayName("no change is accepted with another meaning, and none leads to a fault")
    void changed() {
        Random random = new Random(20261126);
        List<Specimen> specimens = specimens();
        Map<String, Integer> harmless = new TreeMap<>();
        for (int i = 0; i < CHANGES; i++) {
            Specimen specimen = specimens.get(i % specimens.size());
            List<String> parts = new ArrayList<>(new TreeMap<>(specimen.parts()).keySet());
            String part = parts.get(random.nextInt(parts.size()));
            byte[] before = specimen.parts().get(part);
            if (before == null || before.length == 0) {
                continue;
            }
            byte[] after = changed(before, random);
            Verdict verdict = specimen.with(part, after).verify();
            String where = specimen + " " + part + " " + difference(before, after);
            if (verdict instanceof Verdict.Verified verified) {
                assertThat(Specimen.saysNoMore(verified, (Verdict.Verified) specimen.verify()))
                        .as("%s: %s", where, verified)
                        .isTrue();
                harmless.merge(specimen + " " + part + area(before, after), 1, Integer::sum);
            } else if (verdict instanceof Verdict.Undecidable undecidable) {
                assertThat(undecidable.message()).as(where).doesNotStartWith("internal error");
            }
        }
        int accepted = harmless.values().stream().mapToInt(Integer::intValue).sum();
        System.out.println(
                CHANGES + " changes of one byte: " + accepted + " accepted, all with the same meaning: " + harmless);
        assertThat(accepted).isLessThan(CHANGES / 5);
    }

    @Test
    @DisplayName(
            "a verdict that says more would be noticed, be it of another signatory, content, time, age, end or entry")
    void anotherMeaning() {
        List<Specimen> specimens = specimens();
        Verdict.Verified keyless = Verdicts.verified(specimens.get(0).verify());
        Verdict.Verified other = Verdicts.verified(specimens.get(3).verify());
        Verdict.Verified attested = Verdicts.verified(specimens.get(1).verify());
        Instant time = Instant.parse("2026-11-26T00:00:00Z");
        LogRecord entry = new LogRecord("https://other.example", 1, Optional.empty());
        assertThat(Specimen.saysNoMore(keyless, keyless)).isTrue();
        assertThat(List.of(
                        with(keyless, other.signatory(), keyless.content(), keyless.times(), keyless.issued()),
                        with(keyless, keyless.signatory(), attested.content(), keyless.times(), keyless.issued()),
                        with(keyless, keyless.signatory(), keyless.content(), List.of(time), keyless.issued()),
                        with(keyless, keyless.signatory(), keyless.content(), keyless.times(), Optional.of(time))))
                .noneMatch(verdict -> Specimen.saysNoMore(verdict, keyless));
        assertThat(Specimen.saysNoMore(ending(keyless, Optional.empty(), List.of(entry)), keyless))
                .isFalse();
        Verdict.Verified ends = ending(keyless, Optional.of(time), keyless.entries());
        assertThat(Specimen.saysNoMore(ends, keyless)).isTrue();
        assertThat(Specimen.saysNoMore(keyless, ends)).isFalse();
        assertThat(Specimen.saysNoMore(ending(keyless, Optional.of(time.plusSeconds(1)), List.of()), ends))
                .isFalse();
    }

    private static Verdict.Verified with(
            Verdict.Verified verdict,
            Signatory signatory,
            SignedContent content,
            List<Instant> times,
            Optional<Instant> issued) {
        return new Verdict.Verified(
                signatory, content, times, issued, verdict.until(), verdict.entries(), verdict.key());
    }

    private static Verdict.Verified ending(Verdict.Verified verdict, Optional<Instant> until, List<LogRecord> entries) {
        return new Verdict.Verified(
                verdict.signatory(),
                verdict.content(),
                verdict.times(),
                verdict.issued(),
                until,
                entries,
                verdict.key());
    }

    /** Changes a byte, or one of what some base64 stands for. */
    private static byte[] changed(byte[] bytes, Random random) {
        List<MatchResult> inner = BASE64.matcher(new String(bytes, StandardCharsets.ISO_8859_1))
                .results()
                .toList();
        if (!inner.isEmpty() && random.nextInt(3) > 0) {
            MatchResult found = inner.get(random.nextInt(inner.size()));
            if (found.group().length() % 4 == 0) {
                return replaced(bytes, found, changed(Base64.getDecoder().decode(found.group()), random));
            }
        }
        byte[] copy = bytes.clone();
        int at = random.nextInt(copy.length);
        copy[at] ^= (byte) (1 + random.nextInt(255));
        return copy;
    }

    private static byte[] replaced(byte[] bytes, MatchResult found, byte[] inner) {
        byte[] encoded = Base64.getEncoder().encode(inner);
        byte[] copy = Arrays.copyOf(bytes, bytes.length - found.group().length() + encoded.length);
        System.arraycopy(encoded, 0, copy, found.start(), encoded.length);
        System.arraycopy(bytes, found.end(), copy, found.start() + encoded.length, bytes.length - found.end());
        return copy;
    }

    /** {@return what unsigned text was changed, if it is one that decides nothing} */
    private static String area(byte[] before, byte[] after) {
        String text = new String(before, StandardCharsets.ISO_8859_1);
        int hint = text.indexOf("\"hint\":\"");
        int at = Arrays.mismatch(before, after);
        return hint >= 0 && at > hint && at < hint + 60 ? " hint" : "";
    }

    private static String difference(byte[] before, byte[] after) {
        int at = Arrays.mismatch(before, after);
        int from = Math.max(0, at - 20);
        return "at " + at + ": " + text(before, from) + " -> " + text(after, from);
    }

    private static String text(byte[] bytes, int from) {
        return new String(bytes, from, Math.min(bytes.length - from, 30), StandardCharsets.ISO_8859_1);
    }
}
