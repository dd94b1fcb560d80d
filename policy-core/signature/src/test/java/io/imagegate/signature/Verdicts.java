package io.imagegate.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.signer.SignatureFault;

/** What tests expect of verdicts. */
public final class Verdicts {

    private Verdicts() {}

    public static Verdict.Verified verified(Verdict verdict) {
        assertThat(verdict).isInstanceOf(Verdict.Verified.class);
        return (Verdict.Verified) verdict;
    }

    public static void violates(Verdict verdict, SignatureFault code, String... parts) {
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Violated.class, violated -> {
            assertThat(violated.fault()).as(violated.message()).isEqualTo(code);
            assertThat(violated.message()).isPrintable().hasSizeLessThan(1000);
            for (String part : parts) {
                assertThat(violated.message()).contains(part);
            }
        });
    }

    public static void undecidable(Verdict verdict, String part) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Undecidable.class,
                        undecidable ->
                                assertThat(undecidable.message()).contains(part).doesNotStartWith("internal error"));
    }
}
