package io.imagegate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Modules of Bazel are read or refused, and everything that is found has its place. */
@WhereJazzerRuns
class BazelFuzzTest {

    private static final String MODULE = """
            oci = use_extension("@rules_oci//oci:extensions.bzl", 'oci')  # a
            oci.pull(name = "b", image = "c.d/e:1", digest = F + r"g\\h", platforms = ["i"]); use_repo(oci, j = \"""k\""")
            """;

    static Stream<byte[]> seeds() {
        return Stream.of(MODULE.getBytes(UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void aModuleIsReadOrRefused(byte[] data) throws IOException {
        FuzzedInput.read("bazel", data);
    }
}
