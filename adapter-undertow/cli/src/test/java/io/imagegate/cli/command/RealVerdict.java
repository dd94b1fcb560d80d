package io.imagegate.cli.command;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a real cosign or notation said of an image of a lab.
 *
 * @param folder of the lab
 * @param line the recording: program, image, command, flags and verdict
 */
record RealVerdict(Path folder, Map<?, ?> line) {

    private static final Set<String> SWITCHES = Set.of("--use-signed-timestamps", "--private-infrastructure");
    private static final String SUMMARY = "https://slsa.dev/verification_summary/v1";

    private static final Map<String, String> BUILDERS = Map.of(
            "builder.cue", "https://github.com/acme/api/.github/workflows/release.yml@refs/tags/v1.0.0",
            "other-builder.cue", "https://other.example");

    private String field(String name) {
        return (String) Objects.requireNonNull(line.get(name), name);
    }

    String image() {
        return field("image");
    }

    String host() {
        return image().substring(0, image().indexOf('/'));
    }

    String verdict() {
        return field("verdict");
    }

    /** What does not differ between two makings of a lab, nor between its registries. */
    String question() {
        String path = image().substring(image().indexOf('/') + 1, image().indexOf('@'));
        return String.join(" ", field("program"), path, field("command"), field("flags"));
    }

    /** How cosign 3 is asked the same, in the folder of the lab. */
    List<String> cosign(Path program) {
        return Stream.of(
                        List.of(program.toString(), field("command"), "--trusted-root", "trusted-root.json"),
                        List.of(field("flags").split(" ")),
                        List.of(image()))
                .flatMap(List::stream)
                .toList();
    }

    private Map<String, String> flags() {
        Map<String, String> flags = new HashMap<>();
        Iterator<String> words = Arrays.stream(field("flags").split(" "))
                .filter(word -> !word.isEmpty())
                .iterator();
        while (words.hasNext()) {
            String[] word = words.next().split("=", 2);
            boolean alone = word.length == 1 && SWITCHES.contains(word[0]);
            flags.put(word[0], alone ? "true" : word.length == 2 ? word[1] : words.next());
        }
        return flags;
    }

    /** A policy that demands what the flags demand. */
    String policy() {
        Map<String, String> flags = flags();
        return """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: lab}
                spec:
                  trust: {lab: {file: "%s", require: {log: 1, timestamp: %d}}}
                  signers: {release: {%s}}
                  rules: [{name: signed, %s}]
                """.formatted(
                        folder.resolve("trusted-root.json"),
                        flags.containsKey("--use-signed-timestamps") ? 1 : 0,
                        signer(flags),
                        rule(flags));
    }

    private String rule(Map<String, String> flags) {
        if (field("command").equals("verify")) {
            @Nullable String annotation = flags.getOrDefault("-a", flags.get("-m"));
            return "signature: {by: [$release]%s}"
                    .formatted(annotation == null ? "" : ", annotations: {" + annotation.replace("=", ": ") + "}");
        }
        return "attestation: {type: \"%s\", by: [$release]%s}".formatted(flags.get("--type"), where(flags));
    }

    /** What the policy in CUE demands, or what is to be written for the type. */
    private String where(Map<String, String> flags) {
        if (SUMMARY.equals(flags.get("--type"))) {
            return ", where: {/verificationResult: PASSED, /verifier/id: \"https://acme.example/verifier\","
                    + " /resourceUri: acme/api}";
        }
        @Nullable String builder = BUILDERS.get(flags.getOrDefault("--policy", ""));
        return builder == null ? "" : ", where: {/runDetails/builder/id: \"" + builder + "\"}";
    }

    private String signer(Map<String, String> flags) {
        if (field("program").equals("notation")) {
            return """
                    notation:
                      {roots: [{file: "%1$s/ca.pem"}], timestamps: [{file: "%1$s/tsa-root.pem"}],
                       identities: ["C=DE, ST=BE, O=acme, CN=acme.example"]}
                    """.formatted(folder.resolve("notation"));
        }
        @Nullable String key = flags.get("--key");
        @Nullable String identity = flags.get("--certificate-identity");
        if (key != null) {
            String trust = flags.containsKey("--insecure-ignore-tlog") ? "" : ", trust: lab";
            return "keys: [{file: \"%s\"}]%s".formatted(folder.resolve(key), trust);
        }
        if (identity != null && identity.equals("release@acme.example")) {
            return "certificate: {roots: [{file: \"%s\"}], identity: %s}"
                    .formatted(folder.resolve("keys/ca.crt"), identity);
        }
        @Nullable String source = flags.get("--certificate-github-workflow-repository");
        return "keyless: {trust: lab, issuer: \"%s\", identity: \"%s\"%s}"
                .formatted(
                        flags.get("--certificate-oidc-issuer"),
                        identity == null
                                ? flags.getOrDefault("--certificate-identity-regexp", "")
                                        .replace(".*", "**")
                                : identity,
                        source == null
                                ? ""
                                : ", certificate: {sourceRepository: \"https://github.com/" + source + "\"}");
    }
}
