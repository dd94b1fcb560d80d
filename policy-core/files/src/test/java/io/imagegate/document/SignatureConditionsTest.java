package io.imagegate.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.signer.SampleKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Conditions on signatures and attestations")
class SignatureConditionsTest {

    private static final String SIGNERS = """
            trust: {public: {file: root.json}}
            signers:
              a: {keys: [{file: p256.pub}]}
              b: {keys: [{file: p384.pub}]}
              same: {keys: [{file: p256.pub}]}
              ci: {keyless: {trust: public, issuer: "https://issuer.example", identity: x}}
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void writeKeys() throws IOException {
        for (String key : List.of("p256.pub", "p384.pub")) {
            Files.copy(SampleKeys.path(key), folder.resolve(key));
        }
        Files.writeString(folder.resolve("root.json"), "{}");
    }

    private static PolicyDocuments documents() {
        return PolicySamples.documents().withSignatures(root -> {});
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "signature: {} # 13:16: spec.rules[0].signature: missing key \"by\"",
                "signature: {by: []} # 13:21: spec.rules[0].signature.by: an empty list",
                "signature: {by: [a]} # 13:22: spec.rules[0].signature.by[0]: \"a\", expected one of $a, $b, $same, $ci",
                "signature: {by: [$c]} # 13:22: spec.rules[0].signature.by[0]: unknown signer \"$c\", expected one of $a, $b, $same, $ci",
                "signature: {by: [$a, $same]} # 13:21: spec.rules[0].signature.by: signer \"same\" has the same keys or identity as another one, expected each signer once",
                "signature: {by: [$a, $b], atLeast: 3} # 13:40: spec.rules[0].signature.atLeast: at least 3 of 2 signers: expected a number from 1",
                "signature: {by: [$a, $b], atLeast: 0} # 13:40: spec.rules[0].signature.atLeast: the number 0, expected a number from 1 to 16",
                "signature: {by: [$ci, $a], maxAge: 7d} # 13:40: spec.rules[0].signature.maxAge: signatures by \"a\" do not prove when they were made",
                "signature: {by: [$ci], maxAge: 7} # 13:36: spec.rules[0].signature.maxAge: duration \"7\": expected a number above 0",
                "signature: {by: [$a], annotations: {}} # 13:40: spec.rules[0].signature.annotations: empty, expected at least one key",
                "signature: {by: [$a], annotation: {a: b}} # 13:27: spec.rules[0].signature: unknown key \"annotation\", expected one of by, atLeast, maxAge, annotations (did you mean annotations?)",
                "attestation: {by: [$a]} # 13:18: spec.rules[0].attestation: missing key \"type\"",
                "attestation: {type: slsaprovnance1, by: [$a]} # 13:25: spec.rules[0].attestation.type: \"slsaprovnance1\", expected a URI, or one of custom, cyclonedx, link, openvex, slsaprovenance, slsaprovenance02, slsaprovenance1, spdx, spdxjson, vsa, vuln (did you mean slsaprovenance1?)",
                "attestation: {type: 'https://slsa.dev/verification_summary/v0.2', by: [$a]} # 13:25: spec.rules[0].attestation.type: \"https://slsa.dev/verification_summary/v0.2\" is another version of verification summaries, expected vsa, which is https://slsa.dev/verification_summary/v1",
                "attestation: {type: 'https://sigstore.dev/cosign/sign/v1', by: [$a]} # 13:25: spec.rules[0].attestation.type: statements of this type are signatures, expected signature: {by: […]}",
                "attestation: {type: link, by: [$a], maxAge: 7d} # 13:49: spec.rules[0].attestation.maxAge: attestations link have no date that is known",
                "attestation: {type: spdx, by: [$a], where: {}} # 13:48: spec.rules[0].attestation.where: 0 conditions, expected 1 to 64 pointers",
                "attestation: {type: spdx, by: [$a], where: {name: x}} # 13:55: spec.rules[0].attestation.where.name: pointer \"name\": expected names with a slash before each",
                "attestation: {type: spdx, by: [$a], where: {/a~2: x}} # 13:55: spec.rules[0].attestation.where./a~2: pointer \"/a~2\"",
                "attestation: {type: spdx, by: [$a], where: {/a: true}} # 13:53: spec.rules[0].attestation.where./a: the value true, expected text: put it in quotes",
                "attestation: {type: spdx, by: [$a], where: {/a: ''}} # 13:53: spec.rules[0].attestation.where./a: a glob must not be empty",
                "attestation: {type: spdx, by: [$a], where: {/a: []}} # 13:53: spec.rules[0].attestation.where./a: an empty list",
                "attestation: {type: spdx, by: [$a], where: {/a: {}}} # 13:53: spec.rules[0].attestation.where./a: no condition, expected one of atLeast and atMost, maxAge, has",
                "attestation: {type: spdx, by: [$a], where: {/a: {atLeast: 1, has: x}}} # 13:53: spec.rules[0].attestation.where./a: several conditions, expected one of atLeast",
                "attestation: {type: spdx, by: [$a], where: {/a: {atLeast: '1'}}} # 13:63: spec.rules[0].attestation.where./a.atLeast: the text \"1\", expected a number",
                "attestation: {type: spdx, by: [$a], where: {/a: {atLeast: 2, atMost: 1}}} # 13:53: spec.rules[0].attestation.where./a: no number is at least 2 and at most 1",
                "attestation: {type: spdx, by: [$a], where: {/a: '{repo}'}} # 13:53: spec.rules[0].attestation.where./a: unknown placeholder \"repo\", expected one of digest, registry, repository, tag",
            })
    @DisplayName("are refused with file, line, column and what was expected")
    void mistakes(String rule, String problem) throws IOException {
        String text = PolicySamples.policy(SIGNERS + "rules:\n- name: r\n  " + rule + "\n");
        Path file = Files.writeString(folder.resolve("p.yaml"), text);
        String problems = "";
        try {
            documents().load(file);
        } catch (PolicyDocumentException e) {
            problems = String.valueOf(e.getMessage());
        }
        assertThat(problems).startsWith(file + ":").contains(":" + problem);
        assertThat(PolicySchema.accepts(text)).as(problems).isEqualTo(PolicySchema.isBeyond(problems));
    }

    @Test
    @DisplayName("follow the files of their keys: new contents are loaded, broken ones are refused")
    void reload() throws IOException {
        Path policy = Files.writeString(
                folder.resolve("p.yaml"),
                PolicySamples.policy(SIGNERS + "rules: [{name: r, signature: {by: [$a, $b, $ci]}}]\n"));
        List<String> heard = new ArrayList<>();
        LivePolicies live = LivePolicies.unwatched(documents(), policy, new ReloadListener() {
            @Override
            public void loaded(PolicySet policies, String digest) {
                heard.add("loaded");
            }

            @Override
            public void refused(PolicyDocumentException problems) {
                heard.add(String.valueOf(problems.getMessage()).replace(folder + "/", ""));
            }
        });
        String digest = live.digest();
        String identity = identity(live);
        Files.writeString(folder.resolve("p256.pub"), "broken");
        live.look();
        live.look();
        assertThat(identity(live)).isEqualTo(identity);
        Files.copy(
                SampleKeys.path("ed25519.pub"),
                Files.createDirectory(folder.resolve("new")).resolve("k"));
        Files.move(
                folder.resolve("new/k"), folder.resolve("p256.pub"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        live.look();
        live.look();
        assertThat(identity(live)).isNotEqualTo(identity);
        assertThat(live.digest()).isNotEqualTo(digest);
        digest = live.digest();
        Files.writeString(folder.resolve("root.json"), "{ }");
        live.look();
        live.look();
        assertThat(live.digest()).isNotEqualTo(digest);
        assertThat(heard)
                .containsExactly(
                        "loaded",
                        "p256.pub: text that is not PEM, expected one public key: -----BEGIN PUBLIC KEY-----\n"
                                + "p256.pub: text that is not PEM, expected one public key: -----BEGIN PUBLIC KEY-----",
                        "loaded",
                        "loaded");
    }

    private static String identity(LivePolicies live) {
        Policy policy = live.get().policies().get(0);
        return policy.signers().get(0).identity();
    }
}
