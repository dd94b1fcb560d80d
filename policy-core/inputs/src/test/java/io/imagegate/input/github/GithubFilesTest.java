package io.imagegate.input.github;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.input.FoundInText;
import io.imagegate.input.InputFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Workflows and actions of GitHub")
class GithubFilesTest {

    private static final String WORKFLOW = """
            on: [push]
            env: {image: not-an-image}
            jobs:
              build:
                runs-on: ubuntu-latest
                container: node:20
                services:
                  db: {image: "postgres:16", env: {image: no}}
                  cache:
                    image: 'redis:7'
                steps:
                  - uses: actions/checkout@v4
                  - uses: docker://alpine:3.20
                    with: {image: no}
                  - run: docker run busybox
                  - parallel: [{uses: "docker://debian:12"}, {run: a}]
              test:
                container:
                  image: docker://ghcr.io/acme/test:1
                  env: {uses: "docker://no"}
              empty:
                container:
                services:
              matrix:
                container: {image: "node:${{ matrix.node }}"}
                services: ${{ fromJSON(inputs.services) }}
                steps:
                  - uses: Docker://${{ env.IMAGE }}
              reused:
                uses: ./.github/workflows/other.yml
            """;

    @TempDir
    Path folder = Path.of("");

    @Test
    @DisplayName("tell each workflow of another repository, whose images are not read")
    void otherWorkflows() throws IOException {
        byte[] text = """
                on: [push]
                jobs:
                  a: {uses: ./.github/workflows/local.yml}
                  b: {uses: acme/ci/.github/workflows/build.yml@v1}
                  c: {steps: [{uses: actions/checkout@v4}]}
                """.getBytes(UTF_8);
        GithubFiles input = new GithubFiles();
        FoundInText found = FoundInText.of(input, InputFile.stream("f", () -> new ByteArrayInputStream(text)));
        assertThat(found.lines).isEmpty();
        assertThat(found.unread).containsExactly("f:4: \"acme/ci/.github/workflows/build.yml@v1\"");
    }

    @Test
    @DisplayName("with long texts in long expressions have unknown images")
    void longExpressions() throws IOException {
        String text = "on: push\njobs: {j: {strategy: {matrix: {a: [\"" + "b".repeat(100_000) + "\"]}}, container: \""
                + "${{matrix.a}}";
        assertThat(FoundInText.lines(new GithubFiles(), text + "\"}}"))
                .singleElement()
                .asString()
                .endsWith("| unknown ${{matrix.a}}");
        assertThat(FoundInText.lines(new GithubFiles(), text + "${{matrix.a}}".repeat(15_000) + "\"}}"))
                .singleElement()
                .asString()
                .endsWith("| unknown ${{matrix.a}}");
    }

    @Test
    @DisplayName("with a matrix that includes too much have unknown images")
    void largeMatrix() throws IOException {
        String values = IntStream.range(0, 256).mapToObj(String::valueOf).collect(Collectors.joining(", "));
        String include =
                IntStream.range(0, 50_000).mapToObj(i -> "{k" + i + ": v}").collect(Collectors.joining(", "));
        assertThat(FoundInText.lines(
                        new GithubFiles(),
                        "on: push\njobs: {j: {strategy: {matrix: {a: [" + values + "], include: [" + include
                                + "]}}, container: \"a:${{matrix.k1}}\"}}"))
                .singleElement()
                .asString()
                .endsWith("| unknown ${{matrix.k1}}");
    }

    @Test
    @DisplayName("with many expressions in combinations of many jobs are refused in little time")
    void manyExpressions() throws IOException {
        String values = IntStream.range(0, 256).mapToObj(i -> "''").collect(Collectors.joining(", "));
        String services = IntStream.range(0, 900)
                .mapToObj(i -> "s" + i + ": &x \"" + "${{matrix.a}}".repeat(10) + "\"")
                .collect(Collectors.joining(", "));
        assertThat(FoundInText.lines(
                        new GithubFiles(),
                        "on: push\njobs: {j: {strategy: {matrix: {a: [" + values + "]}}, services: {" + services
                                + "}}}"))
                .last()
                .asString()
                .contains("expected 2000000 values at most in expressions of all combinations of jobs");
    }

    @Test
    @DisplayName("name images in containers, services and steps; expressions have no value")
    void workflow() throws IOException {
        assertThat(FoundInText.lines(new GithubFiles(), WORKFLOW))
                .containsExactly(
                        "job build | container | 6:16 | node:20",
                        "job build | services.db | 8:19 | postgres:16",
                        "job build | services.cache | 10:16 | redis:7",
                        "job build | steps[1].uses | 13:15 | alpine:3.20",
                        "job build | steps[3].parallel[0].uses | 16:27 | debian:12",
                        "job test | container | 19:14 | ghcr.io/acme/test:1",
                        "job matrix | container | 25:24 | node:${{ matrix.node }} | unknown ${{ matrix.node }}",
                        "job matrix | services | 26:15 | ${{ fromJSON(inputs.services) }} | unknown ${{ fromJSON(inputs.services) }}",
                        "job matrix | steps[0].uses | 28:15 | Docker://${{ env.IMAGE }} | unknown ${{ env.IMAGE }}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{runs: {using: docker, image: 'docker://debian:12'}} | action ! runs.image ! 1:31 ! debian:12",
                "{runs: {using: docker, image: Dockerfile}} | ",
                "{runs: {using: composite, steps: [{uses: docker://alpine}]}} | action ! runs.steps[0].uses ! 1:42 ! alpine",
                "{runs: {using: node20, main: a.js}} | ",
                "{name: a} | f:1:1: expected a workflow with jobs, or an action with runs",
                "{jobs: [a]} | f:1:8: jobs: expected an object, got an array",
                "{jobs: {a: {container: [b]}}} | f:1:24: container: expected an image, or an object with an image",
                "{jobs: {a: {container: {}}}} | f:1:24: container: expected an image, or an object with an image",
                "{jobs: {a: {container: !x b}}} | f:1:24: container: expected an image, or an object with an image",
                "{jobs: {a: {container: ''}}} | ",
                "{jobs: {a: {steps: {}}}} | f:1:20: steps: expected an array, got an object",
                "{jobs: {a: {container: b, container: c}}} | f:1:27: the field \"container\" comes twice, expected it once",
                "{jobs: {}, kind: Pod, apiVersion: v1} | f:1:1: an object of Kubernetes, which kubectl would apply: expected a file of its own",
                "{jobs: {a: {container: '1.5'}}} | job a ! container ! 1:24 ! 1.5",
                "{jobs: {a: {container: 1.10}}} | f:1:24: container: expected an image in quotes, got a number",
            })
    @DisplayName("have images where GitHub reads them; other forms are malformed")
    void forms(String text, String expected) throws IOException {
        assertThat(String.join(", ", FoundInText.lines(new GithubFiles(), text)))
                .isEqualTo(expected == null ? "" : expected.replace(" ! ", " | "));
    }

    @Test
    @DisplayName("are read to their end although something in them is malformed")
    void afterProblem() throws IOException {
        assertThat(FoundInText.lines(new GithubFiles(), "jobs: {a: [], b: {container: c}}"))
                .containsExactly("job b | container | 1:30 | c", "f:1:11: a job: expected an object, got an array");
    }

    @ParameterizedTest
    @CsvSource({
        ".github/workflows/ci.yml, on: push, true, true",
        ".github/workflows/ci.yaml, '', true, true",
        ".forgejo/workflows/ci.yml, '', true, true",
        ".github/workflows/ci.json, '', false, false",
        ".github/ci.yml, '', false, false",
        ".github/workflows/deep/ci.yml, '', false, false",
        "a/action.yml, 'runs: {}', true, true",
        "a/action.yaml, 'kind: Pod', true, false",
        "a/reaction.yml, 'runs: {}', false, false",
        "ci.yml, 'on: push|jobs: {}', false, true",
        "ci.yml, 'jobs: {}', false, false",
        "ci.yml, '\uFEFFjobs: {}|on: push', false, true",
        "ci.yml, 'on: push|  jobs: {}', false, false",
    })
    @DisplayName("are recognised by their names, and by what a user named")
    void recognised(String name, String text, boolean isNamed, boolean isRecognised) throws IOException {
        Path path = folder.resolve(name);
        GithubFiles input = new GithubFiles();
        assertThat(input.isNamed(path)).isEqualTo(isNamed);
        try (InputFile file = InputFile.named(
                name,
                path,
                () -> new ByteArrayInputStream(text.replace('|', '\n').getBytes(UTF_8)))) {
            assertThat(input.recognises(file)).isEqualTo(isRecognised);
        }
    }

    @Test
    @DisplayName("get other images where these are written, also behind docker://")
    void replaced() throws IOException {
        String text = WORKFLOW.replaceAll("(?m)^  matrix:(.*\n)+(?=  reused)", "");
        assertThat(FoundInText.mirrored(new GithubFiles(), folder.resolve("a/ci.yml"), text))
                .isEqualTo(text.replace("container: node", "container: mirror.example/node")
                        .replace("postgres:", "mirror.example/postgres:")
                        .replace("redis:", "mirror.example/redis:")
                        .replace("docker://alpine", "docker://mirror.example/alpine")
                        .replace("docker://debian", "docker://mirror.example/debian")
                        .replace("docker://ghcr", "docker://mirror.example/ghcr"));
    }

    @Test
    @DisplayName("keep an image that is also something else by an alias")
    void alias() throws IOException {
        String text = "jobs: {a: {container: &i node, env: {i: *i}}, b: {container: alpine}}";
        assertThat(FoundInText.mirrored(new GithubFiles(), folder.resolve("a/ci.yml"), text))
                .isEqualTo(text.replace("alpine", "mirror.example/alpine"));
        String twice = "jobs: {a: {container: &i node}, b: {container: *i}}";
        assertThat(FoundInText.mirrored(new GithubFiles(), folder.resolve("b/ci.yml"), twice))
                .isEqualTo(twice.replace("node", "mirror.example/node"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{image: [a, 'b:1', '']} ~ ${{ matrix.image }} ~ a, b:1",
                "{image: [a]} ~ ${{ MATRIX.Image }} ~ a",
                "{v: [14, 15]} ~ docker://postgres:${{matrix.v}} ~ postgres:14, postgres:15",
                "{v: [3.10]} ~ a:${{ matrix.v }} ~ unknown ${{ matrix.v }}",
                "{t: [{image: a}, {image: b}]} ~ ${{ matrix.t.image }} ~ a, b",
                "{t: [{image: a}, {}]} ~ ${{ matrix.t.image }} ~ a",
                "{r: [a, b], t: [1, 2]} ~ ${{ matrix.r }}:${{ matrix.t }} ~ a:1, a:2, b:1, b:2",
                "{r: [a, b], t: [1, 2], exclude: [{r: a, t: 1}, {r: b}]} ~ ${{ matrix.r }}:${{ matrix.t }} ~ a:2",
                "{include: [{r: a, t: 1}, {r: b, t: 2}]} ~ ${{ matrix.r }}:${{ matrix.t }} ~ a:1, b:2",
                "{o: [x, y], include: [{o: x, i: a}, {o: y, i: b}, {o: z, i: c}]} ~ ${{ matrix.i }} ~ a, b, c",
                "{o: [x], include: [{i: a}, {i: b}]} ~ ${{ matrix.i }} ~ b",
                "{o: [x, y], include: [{o: x, i: a}]} ~ ${{ matrix.i }} ~ a",
                "{i: '${{ fromJSON(a) }}'} ~ ${{ matrix.i }} ~ unknown ${{ matrix.i }}",
                "{i: ['${{ a }}']} ~ ${{ matrix.i }} ~ unknown ${{ matrix.i }}",
                "{i: [a], x: '${{ fromJSON(a) }}'} ~ ${{ matrix.i }} ~ a",
                "{i: [a], include: '${{ fromJSON(a) }}'} ~ ${{ matrix.i }} ~ unknown ${{ matrix.i }}",
                "'${{ fromJSON(a) }}' ~ ${{ matrix.i }} ~ unknown ${{ matrix.i }}",
                "{i: [a]} ~ ${{ matrix.i || 'b' }} ~ unknown ${{ matrix.i || 'b' }}",
                "{i: [a]} ~ ${{ env.I }} ~ unknown ${{ env.I }}",
                "{i: [a]} ~ b ~ b",
            })
    @DisplayName("have an image for each combination of a matrix that is written in them")
    void matrix(String matrix, String image, String expected) throws IOException {
        List<String> lines = FoundInText.lines(
                new GithubFiles(),
                "on: push\njobs:\n  a:\n    strategy: {matrix: " + matrix + "}\n    container: \"" + image + "\"\n");
        assertThat(lines.stream()
                        .map(line -> line.replaceFirst(
                                "^job a \\| container(\\[\\d+])? \\| \\d+:\\d+ \\| (.* \\| (?=unknown))?", "")))
                .containsExactly(expected.split(", ", -1));
    }

    @Test
    @DisplayName("have images of a matrix that are replaced where they are whole values")
    void matrixReplaced() throws IOException {
        String text = """
                on: push
                jobs:
                  a:
                    strategy: {matrix: {i: [alpine, 'docker://b:1'], t: [1]}}
                    container: ${{ matrix.i }}
                """;
        assertThat(FoundInText.mirrored(new GithubFiles(), folder.resolve(".github/workflows/a.yml"), text))
                .isEqualTo(text.replace("[alpine", "[mirror.example/alpine").replace("//b:1", "//mirror.example/b:1"));
    }

    @Test
    @DisplayName("with a matrix of more combinations than GitHub allows have no value, in little time")
    void hugeMatrix() throws IOException {
        assertThat(ofMatrix(names(900, "[a, b, c, d, e, f, g, h]"), "v1"))
                .containsExactly("job a | container | 906:16 | ${{ matrix.v1 }} | unknown ${{ matrix.v1 }}");
        assertThat(ofMatrix(names(8, "[a, b]") + "        w: [c]\n", "w"))
                .containsExactly("job a | container[0] | 14:13 | c");
    }

    @Test
    @DisplayName("with a matrix of many names are read in little time")
    void wideMatrix() throws IOException {
        String wide = names(8, "[a, b]") + names(900, "[c]").replace("v", "w");
        assertThat(ofMatrix(wide, "w899")).containsExactly("job a | container[0] | 913:16 | c");
    }

    @Test
    @DisplayName("have no value if more combinations are written than GitHub allows, and some are excluded")
    void excludedOfMany() throws IOException {
        String excluded = "        exclude: [{i: 'a:0'}, {i: 'a:1'}]\n";
        assertThat(ofMatrix("        i: [" + images(300) + "]\n" + excluded, "i"))
                .hasSize(1)
                .allMatch(line -> line.endsWith("unknown ${{ matrix.i }}"));
        assertThat(ofMatrix("        i: [" + images(256) + "]\n" + excluded, "i"))
                .hasSize(254)
                .last()
                .asString()
                .endsWith("| a:255");
    }

    private static String images(int count) {
        return IntStream.range(0, count).mapToObj(i -> "a:" + i).collect(Collectors.joining(", "));
    }

    private static String names(int count, String values) {
        return IntStream.range(0, count)
                .mapToObj(i -> "        v" + i + ": " + values + "\n")
                .collect(Collectors.joining());
    }

    private static List<String> ofMatrix(String matrix, String name) throws IOException {
        return FoundInText.lines(
                new GithubFiles(),
                "on: push\njobs:\n  a:\n    strategy:\n      matrix:\n" + matrix + "    container: ${{ matrix." + name
                        + " }}\n");
    }
}
