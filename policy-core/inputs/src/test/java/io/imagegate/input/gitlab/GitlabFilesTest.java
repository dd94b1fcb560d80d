package io.imagegate.input.gitlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.imagegate.input.FoundInText;
import io.imagegate.input.InputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Configurations of GitLab CI")
class GitlabFilesTest {

    @TempDir
    Path folder = Path.of("");

    private final List<String> unread = new ArrayList<>();

    private List<String> read(String text) throws IOException {
        return FoundInText.lines(new GitlabFiles(), text);
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
    }

    private List<String> readFile(GitlabFiles input, String name) throws IOException {
        Path file = folder.resolve(name);
        FoundInText found = FoundInText.of(input, InputFile.named("f", file, () -> Files.newInputStream(file)));
        unread.addAll(found.unread);
        return found.lines.stream().map(line -> line.replace(folder + "/", "")).toList();
    }

    @Test
    @DisplayName("name images in jobs, in hidden jobs, in default and for all jobs, each where it is written")
    void jobs() throws IOException {
        assertThat(read("""
                image: alpine:3
                services: [docker:dind]
                default:
                  image: {name: "ruby:3", entrypoint: [""]}
                stages: [build]
                variables: {image: no}
                .base: {image: golang:1, services: [{name: "postgres:16", alias: db}]}
                build: {extends: .base, script: [make]}
                test: {image: node:20, cache: {image: no}}
                plain: {script: [a]}
                """))
                .containsExactly(
                        "default | image | 4:17 | ruby:3",
                        "all jobs | image | 1:8 | alpine:3",
                        "all jobs | services[0] | 2:12 | docker:dind",
                        "hidden job .base | image | 7:16 | golang:1",
                        "hidden job .base | services[0] | 7:44 | postgres:16",
                        "job test | image | 9:15 | node:20");
    }

    @Test
    @DisplayName("have images of variables, if these have one value")
    void variables() throws IOException {
        assertThat(read("""
                variables:
                  REGISTRY: ghcr.io/acme
                  TAG: {value: "1.0", description: the tag}
                  APP: $REGISTRY/app:${TAG}
                  RAW: {value: $REGISTRY, expand: false}
                a: {image: "$APP"}
                b: {image: "%REGISTRY%/b:1", variables: {REGISTRY: docker.io/b}}
                c: {image: "$CI_REGISTRY_IMAGE:1"}
                d: {image: "$TAG-x", rules: [{variables: {TAG: evil}}]}
                e: {image: "a:$TAG", parallel: {matrix: [{TAG: ["1", "2"]}]}}
                f: {image: "a:$TAG", inherit: {variables: false}}
                g: {image: "a:$TAG", inherit: {variables: true}}
                h: {image: "$[[ inputs.image ]]"}
                i: {image: "$RAW/i"}
                j: {image: "j:$J", variables: {J: $J}}
                .r: {rules: [{if: x, variables: {TAG: evil}}]}
                k: {image: "k:$TAG", rules: [{if: y}, !reference [.r, rules]]}
                l: {image: "l:$TAG", rules: [{if: y}]}
                """))
                .containsExactly(
                        "job a | image | 6:12 | ghcr.io/acme/app:1.0",
                        "job b | image | 7:12 | docker.io/b/b:1",
                        "job c | image | 8:12 | $CI_REGISTRY_IMAGE:1 | unknown $CI_REGISTRY_IMAGE",
                        "job d | image | 9:12 | $TAG-x | unknown $TAG",
                        "job e | image | 10:12 | a:$TAG | unknown $TAG",
                        "job f | image | 11:12 | a:$TAG | unknown $TAG",
                        "job g | image | 12:12 | a:1.0",
                        "job h | image | 13:12 | $[[ inputs.image ]] | unknown $[[ inputs.image ]]",
                        "job i | image | 14:12 | $REGISTRY/i",
                        "job j | image | 15:12 | j:$J | unknown $J",
                        "job k | image | 17:12 | k:$TAG | unknown $TAG",
                        "job l | image | 18:12 | l:1.0");
    }

    @Test
    @DisplayName("have images that jobs extend, refer to or merge, with the variables of the job")
    void inherited() throws IOException {
        assertThat(read("""
                .a: &a {image: "app:$V", services: [redis:7]}
                .b: {extends: .a, variables: {V: "2"}, image: {entrypoint: [x]}}
                one: {extends: [.a, .b]}
                two: {<<: *a, variables: {V: "3"}}
                three: {image: !reference [.a, image], variables: {V: "4"}}
                four: {services: [!reference [.a, services], mysql:8], image: x}
                five: {extends: .a}
                six: !reference [.c]
                .c: {variables: {V: "6"}, extends: .a}
                default: !reference [.d, e]
                .d: {e: {image: "d:1"}}
                """))
                .containsExactly(
                        "default | image | 11:17 | d:1",
                        "hidden job .a | services[0] | 1:37 | redis:7",
                        "hidden job .b | image | 1:16 | app:2",
                        "hidden job .c | image | 1:16 | app:6",
                        "job two | image | 1:16 | app:3",
                        "job two | services[0] | 1:37 | redis:7",
                        "job three | image | 1:16 | app:4",
                        "job four | image | 6:63 | x",
                        "job four | services[1] | 6:46 | mysql:8",
                        "job five | image | 1:16 | app:$V | unknown $V");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[a] | f:1:1: expected an object, got an array",
                "{a: {extends: .none}} | f:1:15: extends: expected the name of a job, got \".none\"",
                "{a: {extends: a}} | f:1:5: extends: expected 11 levels at most",
                "{a: {image: !reference [.b, image]}} | f:1:13: !reference: expected the path of a value",
                "{a: {image: !other x}} | f:1:13: expected no tag, or !reference [JOB, FIELD]",
                "{a: {image: !reference [a, image]}} | f:1:13: !reference: expected 11 levels at most",
                "{a: !other {image: b}} | f:1:5: expected no tag, or !reference [JOB, FIELD]",
                "{a: !reference [a, b]} | f:1:5: !reference: expected 11 levels at most",
                "{a: !reference [a]} | f:1:5: extends: expected 11 levels at most",
                "{kind: Pod, apiVersion: v1} | f:1:1: an object of Kubernetes, which kubectl would apply: expected a file of its own",
                "{a: {image: [b]}} | f:1:13: expected an image, or an object with the name of one",
                "{a: {services: b}} | f:1:16: services: expected an array of images",
                "{a: {services: [{}]}} | f:1:17: services: expected the name of an image",
                "{a: {image: b}, a: {image: c}} | f:1:17: the field \"a\" comes twice, expected it once",
                "{a: {image: ''}} | ",
                "{a: 1} | ",
            })
    @DisplayName("with other forms are malformed")
    void malformed(String text, String expected) throws IOException {
        assertThat(read(text)).isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @Test
    @DisplayName("take little time, however often templates extend each other")
    void bounded() throws IOException {
        StringBuilder text = new StringBuilder(".t0: {image: a}\n");
        for (int i = 1; i < 11; i++) {
            text.append(".t" + i + ": {extends: [" + (".t" + (i - 1) + ", ").repeat(50) + "]}\n");
        }
        assertThat(read(text + "job: {extends: .t10}\n"))
                .last()
                .asString()
                .endsWith("expected 200000 values behind extends and !reference at most");
        StringBuilder variables = new StringBuilder("variables:\n  V0: ''\n");
        for (int i = 1; i < 10; i++) {
            variables.append("  V" + i + ": " + ("$V" + (i - 1)).repeat(900) + "\n");
        }
        assertThat(read(variables + "a: {image: a$V9}\nb: {image: a$V1}\n"))
                .containsExactly("job a | image | 12:12 | a$V9 | unknown $V9", "job b | image | 13:12 | a");
    }

    @Test
    @DisplayName("include local files below their folder, whose values they override")
    void includes() throws IOException {
        write(".gitlab-ci.yml", """
                include:
                  - /ci/build.yml
                  - local: ci/deep/test.yml
                  - {remote: "https://example.com/a.yml"}
                  - template: Auto-DevOps.gitlab-ci.yml
                  - {project: a/b, file: c.yml}
                variables: {TAG: "2"}
                test: {image: mine:1}
                """);
        write(
                "ci/build.yml",
                "build: {image: \"app:$TAG\"}\ntest: {image: theirs, services: [s]}\nvariables: {TAG: '1'}\n");
        write("ci/deep/test.yml", "include: ci/build.yml\ndeep: {extends: build, variables: {TAG: '3'}}\n");
        GitlabFiles input = new GitlabFiles();
        assertThat(readFile(input, ".gitlab-ci.yml"))
                .containsExactlyInAnyOrder(
                        "job test | image | 8:15 | mine:1",
                        "job test | services[0] | ci/build.yml:2:34 | s",
                        "job deep | image | ci/build.yml:1:16 | app:3",
                        "job build | image | ci/build.yml:1:16 | app:2");
        assertThat(unread)
                .containsExactly(
                        "f:6: \"project: a/b\"",
                        "f:5: \"template: Auto-DevOps.gitlab-ci.yml\"",
                        "f:4: \"remote: https://example.com/a.yml\"");
    }

    @Test
    @DisplayName("that include files under a condition have also the images that these override")
    void conditions() throws IOException {
        write(".gitlab-ci.yml", """
                include:
                  - {local: a.yml}
                  - {local: b.yml, rules: [{if: $X}]}
                variables: {V: "1"}
                d: {image: "d:$W"}
                e: {image: "e:$V"}
                """);
        write("a.yml", "c: {image: a}\nvariables: {W: '1'}\n");
        write("b.yml", "c: {image: b}\nvariables: {W: '2'}\n");
        assertThat(readFile(new GitlabFiles(), ".gitlab-ci.yml"))
                .containsExactlyInAnyOrder(
                        "job d | image | 5:12 | d:$W | unknown $W",
                        "job e | image | 6:12 | e:1",
                        "job c | image | b.yml:1:12 | b",
                        "job c | image | a.yml:1:12 | a");
        write(".gitlab-ci.yml", "include: [a.yml, b.yml]\nd: {image: 'd:$W'}\n");
        assertThat(readFile(new GitlabFiles(), ".gitlab-ci.yml"))
                .containsExactly("job d | image | 2:12 | d:2", "job c | image | b.yml:1:12 | b");
    }

    @Test
    @DisplayName("include no file outside of their folder, also behind a link, and none that is missing")
    void outside() throws IOException {
        write("secret.yml", "a: {image: b}\n");
        write("repo/.gitlab-ci.yml", "include: [../secret.yml]\n");
        Files.createSymbolicLink(folder.resolve("repo/link.yml"), folder.resolve("secret.yml"));
        GitlabFiles input = new GitlabFiles();
        String outside = "f:1:11: include: expected a file below the folder of f";
        assertThat(readFile(input, "repo/.gitlab-ci.yml")).containsExactly(outside);
        write("repo/.gitlab-ci.yml", "include: [/link.yml]\n");
        assertThat(readFile(input, "repo/.gitlab-ci.yml")).containsExactly(outside);
        write("repo/.gitlab-ci.yml", "include: [none.yml]\n");
        assertThat(readFile(input, "repo/.gitlab-ci.yml"))
                .containsExactly("f:1:11: include: \"none.yml\" cannot be read: expected a file");
    }

    @Test
    @DisplayName("start pipelines of other files, which have no values of theirs")
    void children() throws IOException {
        write(".gitlab-ci.yml", "variables: {A: x}\nc: {trigger: {include: [{local: c/.gitlab-ci.yml}]}}\n");
        write("c/.gitlab-ci.yml", "a: {image: \"$A\"}\nb: {image: b:1, trigger: {include: c/.gitlab-ci.yml}}\n");
        assertThat(readFile(new GitlabFiles(), ".gitlab-ci.yml"))
                .containsExactly(
                        "job a | image | c/.gitlab-ci.yml:1:12 | $A | unknown $A",
                        "job b | image | c/.gitlab-ci.yml:2:12 | b:1");
    }

    @Test
    @DisplayName("that another one includes are read with that")
    void announced() throws IOException {
        write(".gitlab-ci.yml", "include: sub/.gitlab-ci.yml\n.t: {image: a}\n");
        write("sub/.gitlab-ci.yml", "job: {extends: .t}\n");
        GitlabFiles input = new GitlabFiles();
        assertThat(readFile(input, "sub/.gitlab-ci.yml"))
                .containsExactly("f:1:16: extends: expected the name of a job, got \".t\"");
        input.announce(folder.resolve(".gitlab-ci.yml"));
        assertThat(readFile(input, "sub/.gitlab-ci.yml")).isEmpty();
        assertThat(readFile(input, ".gitlab-ci.yml")).containsExactly("hidden job .t | image | 2:13 | a");
    }

    @Test
    @DisplayName("get other images where these are written, and keep those that variables make")
    void replaced() throws IOException {
        String text = """
                # jobs
                variables: {V: x}
                .a: &a
                  image: &i golang:1 # Go
                a: {<<: *a, services: ["redis:7"]}
                b: {extends: .a}
                c: {image: "a:$V"}
                """;
        assertThat(FoundInText.mirrored(new GitlabFiles(), folder.resolve(".gitlab-ci.yml"), text))
                .isEqualTo(text.replace("golang", "mirror.example/golang").replace("redis", "mirror.example/redis"));
    }

    @Test
    @DisplayName("include files by globs: * is any name, ** any path; none is no mistake")
    void globs() throws IOException {
        write(".gitlab-ci.yml", "include: [{local: /ci/*.yml}, {local: 'deep/**.yml'}, 'none/*.yml', '**/b.yaml']\n");
        write("ci/a.yml", "a: {image: a}\n");
        write("ci/sub/no.yml", "no: {image: no}\n");
        write("ci/no.yaml", "no: {image: no}\n");
        write("deep/b.yml", "b: {image: b}\n");
        write("deep/sub/c.yml", "c: {image: c}\n");
        write("x/y/b.yaml", "d: {image: d}\n");
        write(".git/b.yaml", "no: {image: no}\n");
        Files.createSymbolicLink(folder.resolve("ci/link.yml"), folder.resolve("x/y/b.yaml"));
        assertThat(readFile(new GitlabFiles(), ".gitlab-ci.yml"))
                .containsExactlyInAnyOrder(
                        "job a | image | ci/a.yml:1:12 | a",
                        "job b | image | deep/b.yml:1:12 | b",
                        "job c | image | deep/sub/c.yml:1:12 | c",
                        "job d | image | x/y/b.yaml:1:12 | d");
        assertThat(unread).isEmpty();
        write(".gitlab-ci.yml", "include: '" + "**a".repeat(160) + "*.yml'\n");
        write("a".repeat(200) + "/" + "a".repeat(200), "");
        assertThat(readFile(new GitlabFiles(), ".gitlab-ci.yml")).isEmpty();
    }

    @Test
    @DisplayName("have inputs: those that include gives, else their defaults")
    void inputs() throws IOException {
        write(".gitlab-ci.yml", """
                spec: {inputs: {version: {default: "9"}}}
                ---
                include:
                  - local: job.yml
                    inputs: {name: one, image: "alpine:$[[ inputs.version ]]", services: [redis:1, "$R"]}
                  - local: job.yml
                  - {local: 'job.y*l', inputs: {name: three}}
                own: {image: "own:$[[inputs.version|expand_vars]]", variables: {V: "$[[ inputs.version ]]"}}
                var: {image: "var:$V", variables: {V: "$[[ inputs.version ]]"}}
                cut: {image: "cut:$[[ inputs.version | truncate(0,1) ]]"}
                """);
        write("job.yml", """
                spec:
                  inputs:
                    name: {default: two}
                    image: {default: "alpine:3"}
                    services: {type: array, default: []}
                    none:
                ---
                "$[[ inputs.name ]]":
                  image: $[[ inputs.image ]]
                  services: $[[ inputs.services ]]
                  variables: {R: "mysql:1"}
                "$[[ inputs.name ]]-b": {extends: "$[[ inputs.name ]]", image: "$[[ inputs.none ]]"}
                """);
        assertThat(readFile(new GitlabFiles(), ".gitlab-ci.yml"))
                .contains(
                        "job own | image | 8:14 | own:9",
                        "job var | image | 9:14 | var:9",
                        "job cut | image | 10:14 | cut:$[[ inputs.version | truncate(0,1) ]] | unknown $[[ inputs.version | truncate(0,1) ]]",
                        "job one | image | job.yml:9:10 | alpine:9",
                        "job one | services[0] | 5:75 | redis:1",
                        "job one | services[1] | 5:84 | mysql:1",
                        "job two | image | job.yml:9:10 | alpine:3",
                        "job two-b | image | job.yml:12:64 | $[[ inputs.none ]] | unknown $[[ inputs.none ]]",
                        "job $[[ inputs.name ]] | image | job.yml:9:10 | $[[ inputs.image ]] | unknown $[[ inputs.image ]]",
                        "job $[[ inputs.name ]] | services | job.yml:10:13 | $[[ inputs.services ]] | unknown $[[ inputs.services ]]")
                .noneMatch(line -> line.contains("expected"));
    }

    @Test
    @DisplayName("with inputs that stand for any length have no value")
    void inputsOfInputs() throws IOException {
        StringBuilder text = new StringBuilder("spec:\n  inputs:\n    i0: {default: aa}\n");
        for (int i = 1; i < 60; i++) {
            String before = "$[[ inputs.i" + (i - 1) + " ]]";
            text.append("    i" + i + ": {default: \"" + before + before + before + "\"}\n");
        }
        text.append("---\nj: {image: \"$[[ inputs.i59 ]]\"}\nk: {image: \"$[[ inputs.i2 ]]\"}\n");
        assertThat(read(text.toString()))
                .containsExactly(
                        "job j | image | 64:12 | $[[ inputs.i59 ]] | unknown $[[ inputs.i59 ]]",
                        "job k | image | 65:12 | $[[ inputs.i2 ]] | unknown $[[ inputs.i2 ]]");
        write(".gitlab-ci.yml", "include: {local: .gitlab-ci.yml, inputs: {a: \"$[[ inputs.a ]]$[[ inputs.a ]]\"}}\n");
        assertThat(readFile(new GitlabFiles(), ".gitlab-ci.yml"))
                .hasSize(1)
                .allMatch(line -> line.contains("expected 150 included files at most"));
    }

    @Test
    @DisplayName("of child pipelines are read once, as parts of their parent")
    void childOfTheSameName() throws IOException {
        write(".gitlab-ci.yml", "a: {trigger: {include: sub/.gitlab-ci.yml}}\n");
        write("sub/.gitlab-ci.yml", "include: base.yml\nb: {image: b}\n");
        write("base.yml", "c: {image: c}\n");
        GitlabFiles input = new GitlabFiles();
        input.announce(folder.resolve(".gitlab-ci.yml"));
        input.announce(folder.resolve("sub/.gitlab-ci.yml"));
        assertThat(readFile(input, ".gitlab-ci.yml"))
                .containsExactlyInAnyOrder(
                        "job b | image | sub/.gitlab-ci.yml:2:12 | b", "job c | image | base.yml:1:12 | c");
        assertThat(readFile(input, "sub/.gitlab-ci.yml")).isEmpty();
    }

    @Test
    @DisplayName("with long rules of the whole pipeline and many jobs are read in little time")
    void manyNamesOfAll() throws IOException {
        String jobs = jobs(10_000, "image: \"$V\"");
        assertThat(read("workflow: {rules: [{variables: {" + names() + "}}]}\n" + jobs))
                .hasSize(10_000)
                .allMatch(line -> line.endsWith("unknown $V"));
    }

    @Test
    @DisplayName("with long rules of many jobs are refused in little time")
    void manyNames() throws IOException {
        String shared = ".r: {rules: [{variables: {" + names() + "}}]}\n";
        assertThat(read(shared + jobs(900, "extends: .r, image: \"$V\"")))
                .hasSize(900)
                .allMatch(line -> line.endsWith("unknown $V"));
        assertThat(read(shared + jobs(20_000, "extends: .r, image: \"$V\"")))
                .last()
                .asString()
                .contains("expected 1000000 rules and names of their variables in all jobs at most");
    }

    @Test
    @DisplayName("with many rules of many jobs are refused in little time")
    void manyRules() throws IOException {
        String shared = ".r: {rules: [" + "{if: a}, ".repeat(20_000) + "{if: b}]}\n";
        assertThat(read(shared + jobs(20, "extends: .r, image: a"))).hasSize(20);
        assertThat(read(shared + jobs(20_000, "extends: .r, image: a")))
                .last()
                .asString()
                .contains("expected 1000000 rules and names of their variables in all jobs at most");
    }

    @Test
    @DisplayName("with many variables in images of many jobs are refused in little time")
    void manyVariables() throws IOException {
        String text = IntStream.range(0, 800).mapToObj(i -> "$V" + i).collect(Collectors.joining());
        String variables = "variables: {" + names().replace(": a", ": ''") + "}\n.x: &x \"" + text + "\"\n";
        assertThat(read(variables + jobs(100, "image: *x"))).hasSize(100);
        assertThat(read(variables + jobs(9_000, "image: *x")))
                .last()
                .asString()
                .contains("images and their variables are in too many places: expected fewer jobs");
    }

    @Test
    @DisplayName("with many services of many jobs are refused in little time")
    void manyServices() throws IOException {
        String shared = ".a: {services: [" + "b, ".repeat(9_000) + "b]}\n";
        assertThat(read(shared + jobs(20_000, "services: !reference [.a, services]")))
                .last()
                .asString()
                .contains("images and their variables are in too many places: expected fewer jobs");
    }

    @Test
    @DisplayName("that include many names with * are refused, since each is looked for in the whole folder")
    void manyGlobs() throws IOException {
        write("d/a.yml", "a: {image: b}\n");
        String same = "include: [" + "'d/*', ".repeat(1_000) + "]\n";
        write(".gitlab-ci.yml", same);
        assertThat(readFile(new GitlabFiles(), ".gitlab-ci.yml")).hasSize(1);
        write(
                ".gitlab-ci.yml",
                IntStream.range(0, 151)
                        .mapToObj(i -> "'d/*" + i + "', ")
                        .collect(Collectors.joining("", "include: [", "]\n")));
        assertThat(readFile(new GitlabFiles(), ".gitlab-ci.yml"))
                .last()
                .asString()
                .contains("include: expected 150 names with * at most");
    }

    @Test
    @DisplayName("of many documents are read in the time of their length")
    void manyDocuments() {
        String text = IntStream.range(0, 100_000)
                .mapToObj(i -> "---\nimage: {entrypoint: a}\nj" + i + ": {}\n")
                .collect(Collectors.joining());
        assertThat(assertTimeoutPreemptively(Duration.ofMinutes(1), () -> read(text)))
                .isEmpty();
    }

    private static String names() {
        return IntStream.range(0, 999).mapToObj(i -> "V" + i + ": a, ").collect(Collectors.joining()) + "V: a";
    }

    private static String jobs(int count, String fields) {
        return IntStream.range(0, count)
                .mapToObj(i -> "j" + i + ": {" + fields + "}\n")
                .collect(Collectors.joining());
    }
}
