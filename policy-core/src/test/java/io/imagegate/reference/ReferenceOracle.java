package io.imagegate.reference;

import io.imagegate.GoOracle;
import io.imagegate.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A Go program that tells what distribution/reference, the library of Docker and Kubernetes, says of references. */
final class ReferenceOracle {

    private final GoOracle oracle;

    private ReferenceOracle(GoOracle oracle) {
        this.oracle = oracle;
    }

    /** Builds the program; without Go and the library the test is left out. */
    static ReferenceOracle build(Path folder) throws IOException, InterruptedException {
        return new ReferenceOracle(GoOracle.build("reference-oracle", folder, Machine.Library.DISTRIBUTION_REFERENCE));
    }

    /** What the library says of each text when it reads it as Kubernetes does, in their order. */
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> ask(List<String> texts) throws IOException, InterruptedException {
        return oracle.ask(texts).stream()
                .map(answer -> (Map<String, Object>) answer.get("normalized"))
                .toList();
    }
}
