package io.imagegate.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The numbers of a signature of ECDSA are checked here, and not only by the platform. */
class EcdsaNumbersTest {

    @Test
    @DisplayName("numbers that no signature has are refused in every form, also on a platform that takes them")
    void forged() throws Exception {
        assertThat(ChildJava.run(GulliblePlatform.class, List.of()).lines())
                .containsExactly(
                        "bundle: Violated",
                        "JWS: Violated",
                        "COSE: Violated",
                        "certificate: Violated",
                        "chain: Violated",
                        "CRL: Undecidable",
                        "timestamp: Violated",
                        "SCT: Violated",
                        "nothing forged: Verified",
                        "nothing forged: Verified");
    }
}
