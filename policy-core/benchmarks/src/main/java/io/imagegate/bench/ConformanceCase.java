package io.imagegate.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * A keyless case of sigstore's conformance suite, which is data of others and stands beside the repository.
 *
 * @param folder the files of the case
 */
record ConformanceCase(Path folder) {

    static final String IDENTITY = "https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon/"
            + ".github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main";
    static final String ISSUER = "https://token.actions.githubusercontent.com";

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Path SHARED = Path.of(System.getProperty("imagegate.shared", "../../../shared"))
            .toAbsolutePath()
            .normalize();
    private static final Path CASES = SHARED.resolve("supply-chain/sigstore-conformance");
    private static final Path PUBLIC_GOOD = SHARED.resolve("supply-chain/facts/trust/public-good-trusted_root.json");

    static Path shared() {
        return SHARED;
    }

    static Path cases() {
        return CASES;
    }

    static boolean areThere() {
        return Files.isDirectory(CASES);
    }

    static ConformanceCase named(String name) {
        return new ConformanceCase(CASES.resolve(name));
    }

    /** {@return all cases without a public key} */
    static List<ConformanceCase> keyless() {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.filter(Files::isDirectory)
                    .filter(folder -> Files.notExists(folder.resolve("key.pub")))
                    .sorted()
                    .map(ConformanceCase::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isGood() {
        return !name().endsWith("_fail");
    }

    String name() {
        return folder.getFileName().toString();
    }

    Path bundleFile() {
        return folder.resolve("bundle.sigstore.json");
    }

    byte[] bundle() {
        return read(bundleFile());
    }

    /** {@return the certificate of the bundle, in DER} */
    byte[] leaf() {
        String encoded = MAPPER.readTree(bundle())
                .at("/verificationMaterial/certificate/rawBytes")
                .asString();
        return Base64.getDecoder().decode(encoded);
    }

    Path trustedRoot() {
        return own("trusted_root.json", PUBLIC_GOOD);
    }

    byte[] artifact() {
        return read(own("artifact", CASES.resolve("a.txt")));
    }

    byte[] artifactDigest() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(artifact());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path own(String name, Path otherwise) {
        Path own = folder.resolve(name);
        return Files.exists(own) ? own : otherwise;
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name();
    }
}
