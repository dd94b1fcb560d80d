package io.imagegate.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.policy.PolicySet;
import io.imagegate.policytest.PolicyTestResult;
import io.imagegate.policytest.PolicyTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Sets that policies share")
class ImageSetsTest {

    private static final String SETS = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImageSets
            metadata: {name: company}
            spec:
              sets:
                trusted: [ghcr.io/acme/**]
                unused: [quay.io/acme/**]
            """;

    private static final String TEST = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicyTest
            metadata: {name: t}
            spec:
              cases: [{name: a, image: ghcr.io/acme/api, expect: {decision: allowed}}]
            """;

    @TempDir
    private Path folder;

    private static String policy(String name, String spec) {
        return PolicySamples.policy(spec).replace("name: p", "name: " + name);
    }

    private static String using(String name) {
        return policy(name, "rules: [{name: r, allow: [$trusted]}]");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static void assertShared(PolicySet policies, int number) {
        assertThat(policies.policies()).hasSize(number);
        assertThat(policies.decide("ghcr.io/acme/api").allowed()).isTrue();
        assertThat(policies.decide("quay.io/acme/api").allowed()).isFalse();
    }

    @Test
    @DisplayName("and those of one policy stand for 500,000 patterns in all lists, and no more")
    void areLimited() {
        String patterns = IntStream.range(0, 1_000).mapToObj(i -> "acme/" + i).collect(Collectors.joining(", "));
        String many = "sets: {s: [" + patterns + "]}\nrules: [{name: a, deny: [%s]}, {name: b, deny: [%s]}]";
        String half = String.join(", ", Collections.nCopies(250, "$s"));
        PolicySet policies = PolicySamples.documents().read("p", policy("p", many.formatted(half, half)));
        assertThat(policies.decide("acme/1:1").allowed()).isFalse();
        assertThatThrownBy(() -> PolicySamples.documents().read("p", policy("p", many.formatted(half, half + ", $s"))))
                .hasMessageContaining("spec.rules[1].deny[250]: the names of sets stand for more than 500000 patterns");
    }

    @Test
    @DisplayName("stand before or after the policies in a file, or in another file of the folder")
    void anyOrder() throws IOException {
        assertShared(PolicySamples.documents().read("p", using("a") + "---\n" + SETS), 1);
        assertShared(PolicySamples.documents().read("p", SETS + "---\n" + using("a") + "---\n" + using("b")), 2);
        for (String name : List.of("0.yaml", "z.yaml")) {
            Path sets = write(name, SETS);
            write("b.yaml", using("b"));
            write("c.yaml", using("c"));
            assertShared(PolicySamples.documents().load(folder), 2);
            Files.delete(sets);
        }
    }

    @Test
    @DisplayName("come from another location than the policies")
    void severalLocations() throws IOException {
        String sets = write("sets.yaml", SETS).toString();
        String policy = write("policy.yaml", using("a")).toString();
        assertShared(PolicySamples.documents().load(List.of(policy, sets)), 1);
        assertShared(
                LivePolicies.load(PolicySamples.documents(), List.of(sets, policy))
                        .get(),
                1);
        assertThatThrownBy(() -> PolicySamples.documents().load(policy))
                .hasMessage(policy + ":5:29: spec.rules[0].allow[0]: unknown set \"$trusted\","
                        + " expected one of spec.sets, but there are none");
    }

    @Test
    @DisplayName("have files beside their own document")
    void files() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("ours.txt"), "ghcr.io/acme/**\n");
        Files.writeString(other.resolve("sets.yaml"), SETS.replace("[ghcr.io/acme/**]", "{file: ours.txt}"));
        String policy = write("policy.yaml", using("a")).toString();
        assertShared(PolicySamples.documents().load(List.of(policy, other.toString())), 1);
    }

    @Test
    @DisplayName("are followed like policies")
    void followed() throws IOException {
        Path sets = write("sets.yaml", SETS);
        write("policy.yaml", using("a"));
        try (LivePolicies live = LivePolicies.unwatched(PolicySamples.documents(), folder, new ReloadListener() {
            @Override
            public void loaded(PolicySet policies, String digest) {}

            @Override
            public void refused(PolicyDocumentException problems) {}
        })) {
            assertShared(live.get(), 1);
            Files.writeString(sets, SETS.replace("[ghcr.io/acme/**]", "[docker.io/acme/**]"));
            live.look();
            live.look();
            assertThat(live.get().decide("ghcr.io/acme/api").allowed()).isFalse();
            assertThat(live.get().decide("acme/api").allowed()).isTrue();
        }
    }

    @Test
    @DisplayName("have different names, also beside those of policies")
    void names() throws IOException {
        Path one = write("a.yaml", SETS);
        Path two = write("b.yaml", SETS.replace("unused", "other"));
        Path policy = write("c.yaml", policy("p", "sets: {other: [nginx]}\nrules: [{name: r, allow: [$trusted]}]"));
        assertThatThrownBy(() -> PolicySamples.documents().load(folder))
                .hasMessage(two + ":6:14: spec.sets.trusted: set \"trusted\" is already defined in " + one
                        + " line 6, expected another name\n"
                        + policy + ":5:17: spec.sets.other: set \"other\" is already defined in " + two
                        + " line 7, expected another name");
        Files.delete(two);
        write("d.yaml", policy("q", "sets: {other: [redis]}\nrules: [{name: r, allow: [$trusted, $other]}]"));
        PolicySet policies = PolicySamples.documents().load(folder);
        assertThat(policies.policies()).hasSize(2);
        assertThat(policies.decide("redis").allowed()).isFalse();
    }

    @Test
    @DisplayName("alone are no policy")
    void noPolicy() throws IOException {
        Path sets = write("sets.yaml", SETS);
        assertThatThrownBy(() -> PolicySamples.documents().load(sets))
                .hasMessage(sets + ": no policy, expected a document of kind: ImagePolicy");
    }

    @Test
    @DisplayName("of a folder are shared by the policies that are tested there")
    void testedFolders() throws IOException {
        write("sets.yaml", SETS);
        write("a.yaml", using("a") + "---\n" + TEST);
        write("b.yaml", TEST.replace("cases:", "policy: [c.yaml, sets.yaml]\n  cases:"));
        write("c.yaml", using("c"));
        assertThat(new PolicyTests(PolicySamples.documents()).run(folder.toString()))
                .hasSize(2)
                .allMatch(PolicyTestResult::passed);
        assertThat(new PolicyTests(PolicySamples.documents())
                        .run(folder.resolve("b.yaml").toString()))
                .singleElement()
                .matches(PolicyTestResult::passed);
        write("b.yaml", TEST.replace("cases:", "policy: [sets.yaml]\n  cases:"));
        assertThatThrownBy(() -> new PolicyTests(PolicySamples.documents())
                        .run(folder.resolve("b.yaml").toString()))
                .hasMessageEndingWith(
                        "b.yaml:5:11: spec.policy: no policy in \"sets.yaml\", expected a document of kind: ImagePolicy");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '#',
            value = {
                "ImageSets # ImageSet # 2:7: kind: \"ImageSet\", expected one of ImagePolicy, ImagePolicyTest, ImageSets (did you mean ImageSets?)",
                "name: company # nam: company # 3:11: metadata: missing key \"name\"",
                "sets: # set: # 5:3: spec: unknown key \"set\", expected sets",
                "trusted # Trusted # 6:14: spec.sets.Trusted: set \"Trusted\": expected ",
                "ghcr.io/acme/** # ghcr.io/acme** # 6:27: spec.sets.trusted[0]: pattern \"ghcr.io/acme**\": ",
                "ghcr.io/acme/** # $unused # 6:15: spec.sets.trusted[0]: a set within a set, expected a pattern",
            })
    @DisplayName("are refused with their mistakes")
    void mistakes(String before, String after, String expected) {
        String text = SETS.replaceFirst(
                java.util.regex.Pattern.quote(before), java.util.regex.Matcher.quoteReplacement(after));
        assertThat(PolicySamples.problems(text)).startsWith("p.yaml:" + expected);
        assertThat(PolicySchema.accepts(text)).isEqualTo(after.contains("acme**"));
    }

    @Test
    @DisplayName("are at least one")
    void atLeastOne() {
        String text = SETS.substring(0, SETS.indexOf("sets:")) + "sets: {}\n";
        assertThat(PolicySamples.problems(text))
                .startsWith("p.yaml:5:9: spec.sets: empty, expected at least one of a set");
        assertThat(PolicySchema.accepts(text)).isFalse();
        assertThat(PolicySchema.accepts(SETS)).isTrue();
    }
}
