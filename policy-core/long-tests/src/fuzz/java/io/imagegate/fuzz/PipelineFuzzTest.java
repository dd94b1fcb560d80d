package io.imagegate.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Configurations of GitLab CI are read or refused, and everything that is found has its place. */
@WhereJazzerRuns
class PipelineFuzzTest {

    private static final String PIPELINE = """
            spec: {inputs: {a: {default: "j:1"}, b: {default: [k]}}}
            ---
            include: [{local: /a.yml}, {template: b}]
            default: {image: {name: c}}
            variables: {V: {value: $W}, W: "1", X: $[[ inputs.a ]]}
            k: {image: "$[[ inputs.a | expand_vars ]]", services: "$[[ inputs.b ]]", inherit: {default: [image]}}
            .t: &t {image: "d:$V", services: [e, {name: f}]}
            g: {<<: *t, parallel: {matrix: [{V: [1]}]}, trigger: {include: h}}
            i: {extends: [.t, g], image: !reference [.t, image], services: [!reference [.t, services]]}
            """;

    static Stream<byte[]> seeds() {
        return Stream.of(PIPELINE.getBytes(UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void aPipelineIsReadOrRefused(byte[] data) throws IOException {
        FuzzedInput.read("gitlab", data);
    }
}
