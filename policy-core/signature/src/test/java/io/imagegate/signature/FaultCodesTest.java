package io.imagegate.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.signature.refusal.Fault;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The public codes of verdicts, and the faults inside the module that they stand for. */
class FaultCodesTest {

    @Test
    @DisplayName("each fault has the code of its name, and there are no other codes")
    void sameNames() {
        assertThat(Arrays.stream(Fault.values()).map(Verdict.Code::of)).containsExactly(Verdict.Code.values());
    }
}
