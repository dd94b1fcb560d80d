package io.imagegate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.imagegate.signature.Verifier;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A trusted root is read, or is refused with a sentence. */
@WhereJazzerRuns
class TrustedRootFuzzTest {

    private static final String RECORDED = "policy-core/signature/src/test/resources/recorded/";

    static Stream<byte[]> seeds() {
        return Stream.of("trust/trusted-root.json", "cosign2/trusted-root.json", "cosign2/trusted-root-baseurl.json")
                .map(name -> FuzzedFile.ofRepository(RECORDED + name));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void aTextIsATrustedRootOrIsRefused(byte[] data) {
        try {
            Verifier.requireTrustedRoot(new String(data, UTF_8));
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).matches("[ -~]+").hasSizeLessThan(2000);
        }
    }
}
