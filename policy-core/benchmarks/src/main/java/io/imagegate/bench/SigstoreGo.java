package io.imagegate.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Go library, on the bundles of {@link SignatureBenchmark}: a packed program beside the repository measures itself. */
final class SigstoreGo {

    private static final Path PACKED = ConformanceCase.shared().resolve("tools/bin/sigstore-go-bench.xz");
    private static final Pattern FIGURES = Pattern.compile("(\\d+) ns/op (\\d+) B/op .*");

    /**
     * One verification.
     *
     * @param what {@code key} or {@code keyless}
     * @param nanos its time, parsing included
     * @param bytes what it allocates
     */
    record Result(String what, long nanos, long bytes) {}

    private final Path folder;
    private final Path program;

    private SigstoreGo(Path folder) {
        this.folder = folder;
        this.program = folder.resolve("sigstore-go-bench");
    }

    /** {@return both figures; none, which is told, where the program or the bundles are missing} */
    static List<Result> measure(Path folder) throws IOException, InterruptedException {
        if (Files.notExists(PACKED) || !ConformanceCase.areThere()) {
            System.err.println("SKIPPED: sigstore-go, because " + PACKED + " or " + ConformanceCase.cases()
                    + " is not there; -Dimagegate.shared=FOLDER names another folder");
            return List.of();
        }
        SigstoreGo go = new SigstoreGo(folder.toAbsolutePath());
        run(List.of("sh", "-c", "xz -dc '" + PACKED + "' > '" + go.program + "' && chmod +x '" + go.program + "'"));
        ConformanceCase good = SignatureBenchmark.KEYLESS;
        List<Result> results = List.of(
                go.result(
                        "key",
                        go.resource("key.sigstore.json"),
                        SignatureBenchmark.IMAGE.hex(),
                        go.resource("key1.pub").toString()),
                go.result(
                        "keyless",
                        good.bundleFile(),
                        HexFormat.of().formatHex(good.artifactDigest()),
                        good.trustedRoot().toString(),
                        ConformanceCase.ISSUER,
                        ConformanceCase.IDENTITY));
        results.forEach(System.out::println);
        return results;
    }

    private Path resource(String name) throws IOException {
        try (InputStream in = SigstoreGo.class.getResourceAsStream("/recorded/cosign2/" + name)) {
            Files.copy(Objects.requireNonNull(in, name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        return folder.resolve(name);
    }

    private Result result(String what, Path bundle, String digest, String... more)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString(), bundle.toString(), digest, what));
        command.addAll(List.of(more));
        Matcher figures = FIGURES.matcher(run(command).strip());
        if (!figures.matches()) {
            throw new IOException("expected figures of sigstore-go, got " + figures);
        }
        return new Result(what, Long.parseLong(figures.group(1)), Long.parseLong(figures.group(2)));
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed:\n" + output);
        }
        return output;
    }
}
