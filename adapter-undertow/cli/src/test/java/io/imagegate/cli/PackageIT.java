package io.imagegate.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.JsonTree;
import io.imagegate.Machine;
import io.imagegate.cli.plugin.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packages of the command: made as a release makes them, but for the length of their training, unpacked, and run. */
@Tag("full")
@Order(1)
@DisplayName("The package")
class PackageIT {

    private static final String VERSION = "0.1.0-rc.1";

    /** A JVM that may not use its AOT cache ends. Else it would say nothing. */
    private static final Map<String, String> CACHE_IS_USED = Map.of("IMAGEGATE_OPTS", "-XX:AOTMode=on");

    @TempDir
    private static Path folder = Path.of("");

    private static Path home = Path.of("");

    @BeforeAll
    static void make() throws Exception {
        Machine.needs("tar", "gzip", "find", "sed", "grep");
        Path jdk = Machine.jdk(25);
        Path packages = folder.resolve("packages");
        succeed(Program.run(
                List.of(
                        "sh",
                        "src/package/build.sh",
                        jdk.toString(),
                        Program.setting("imagegate.jar"),
                        VERSION,
                        packages.toString()),
                new byte[0],
                Map.of("WARM_UP", "1")));
        Path unpacked = Files.createDirectories(folder.resolve("a folder"));
        try (Stream<Path> files = Files.list(packages)) {
            for (Path file : files.toList()) {
                System.out.println("size " + file.getFileName() + " " + Files.size(file) + " bytes");
            }
        }
        succeed(run("tar", "-xzf", only(packages, ".tar.gz").toString(), "-C", unpacked.toString()));
        home = only(unpacked, "");
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.size(file) > 1 << 20) {
                    System.out.println("size " + home.relativize(file) + " " + Files.size(file) + " bytes");
                }
            }
        }
    }

    private static Path only(Path folder, String end) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found =
                    files.filter(file -> file.toString().endsWith(end)).toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }

    private static Program.Result run(String... words) throws Exception {
        return Program.run(List.of(words));
    }

    private static Program.Result succeed(Program.Result result) {
        assertThat(result.status()).as(result.out() + result.err()).isZero();
        return result;
    }

    private static Program.Result imagegate(Path command, String... arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of(command.toString()));
        words.addAll(List.of(arguments));
        return Program.run(words, new byte[0], CACHE_IS_USED);
    }

    private static Path command() {
        return home.resolve("bin/imagegate");
    }

    private static Program.Result shell(String script) throws Exception {
        return Program.run(List.of("bash", "-euc", script), new byte[0], CACHE_IS_USED);
    }

    @Test
    @DisplayName("is named by version and processor, and decides with its cache")
    void decides() throws Exception {
        assertThat(home.getFileName().toString()).matches("imagegate-0\\.1\\.0-rc\\.1-linux-(x64|arm64)");
        assertThat(imagegate(command(), "check", "nginx").status()).isEqualTo(1);
        assertThat(Files.readString(home.resolve("lib/imagegate.aot"), ISO_8859_1))
                .contains("dev/cel/runtime/");
        Program.Result allowed = succeed(imagegate(command(), "check", "nginx:1.27"));
        assertThat(allowed.out()).isEqualTo("allowed: 1 image checked, 0 denied\n");
        assertThat(allowed.err()).isEmpty();
    }

    @Test
    @DisplayName("has a Java runtime with the modules that jdeps finds in the jar, and one that TLS finds by name")
    void modules() throws Exception {
        String found = succeed(run(
                        Machine.jdk(25).resolve("bin/jdeps").toString(),
                        "--print-module-deps",
                        "--ignore-missing-deps",
                        "--multi-release",
                        "17",
                        Program.setting("imagegate.jar")))
                .out()
                .strip();
        assertThat(Files.readString(Path.of("src/runtime/modules")).strip().split(","))
                .containsExactlyInAnyOrder((found + ",jdk.crypto.ec").split(","));
    }

    @Test
    @DisplayName("serves with the same cache, and no word of its own variable")
    void serves() throws Exception {
        Program.makeCertificates(folder.resolve("certificates"));
        Program.Result ready = succeed(imagegate(
                command(),
                "serve",
                "--dry-run",
                "--host=127.0.0.1",
                "--port=0",
                "--tls-cert=" + folder.resolve("certificates/webhook.pem"),
                "--tls-key=" + folder.resolve("certificates/webhook-key.pem")));
        assertThat(ready.err()).contains("answers on https://127.0.0.1:").doesNotContain("IMAGEGATE_OPTS");
        assertThat(succeed(imagegate(command(), "quickstart", "--once", "--port", "0"))
                        .out())
                .contains("\"allowed\":false")
                .contains("\"allowed\":true");
    }

    @Test
    @DisplayName("runs through links, from any folder, by its name on the path and as an argument of sh")
    void anywhere() throws Exception {
        Path links = Files.createDirectories(folder.resolve("some links"));
        Path absolute = Files.createSymbolicLink(links.resolve("absolute"), command());
        Path relative = Files.createSymbolicLink(links.resolve("imagegate"), Path.of("absolute"));
        assertThat(relative).isSymbolicLink();
        succeed(imagegate(absolute, "parse", "nginx"));
        succeed(imagegate(relative, "parse", "nginx"));
        succeed(shell("cd '" + home + "/bin' && ./imagegate parse nginx && sh imagegate parse nginx"));
        succeed(shell("cd '" + links + "' && PATH=.:$PATH && imagegate parse nginx"));
        succeed(shell("cd / && PATH='" + links + "':$PATH && imagegate parse nginx"));
        succeed(shell("cd '" + home + "' && CDPATH=/ bin/imagegate parse nginx"));
        Path odd = Files.createSymbolicLink(folder.resolve("new\nline \\ $x * '\""), home);
        succeed(imagegate(odd.resolve("bin/imagegate"), "parse", "nginx"));
    }

    @Test
    @DisplayName("says in one line that its folder may have no colon, which separates the parts of a class path")
    void colon() throws Exception {
        Path colon = Files.createSymbolicLink(folder.resolve("a:b"), home);
        Program.Result refused = imagegate(colon.resolve("bin/imagegate"), "parse", "nginx");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.err()).contains("a:b/", "a colon in its name").hasLineCount(1);
    }

    @Test
    @DisplayName("takes no flags of other Java programs, and says nothing of a cache that its own do not fit")
    void flags() throws Exception {
        List<String> words = List.of(command().toString(), "parse", "nginx");
        for (Map<String, String> environment : List.of(
                Map.of("JAVA_TOOL_OPTIONS", "-javaagent:/none.jar"),
                Map.of("JDK_JAVA_OPTIONS", "-Xnone"),
                Map.of("_JAVA_OPTIONS", "-Dnone=1"),
                Map.of("IMAGEGATE_OPTS", "-XX:-UseCompressedOops"))) {
            Program.Result result = Program.run(words, new byte[0], environment);
            assertThat(succeed(result).out()).startsWith("{\"input\":\"nginx\"").hasLineCount(1);
            assertThat(result.err()).as(environment.toString()).isEmpty();
        }
    }

    @Test
    @DisplayName("gives the command its arguments as they are, and its exit status")
    void arguments() throws Exception {
        Program.Result several = imagegate(command(), "parse", "nginx:a b", "*", "", "@x");
        assertThat(several.status()).isNotZero();
        assertThat(imagegate(command(), "check", "--nothing").status()).isEqualTo(2);
        Program.Result none = imagegate(command());
        assertThat(none.status()).isEqualTo(2);
        assertThat(none.err()).contains("expected a command");
    }

    @Test
    @DisplayName(
            "is noticed to have no usable cache, so the other tests can fail; the command does the same without it")
    void brokenCache() throws Exception {
        Path copy = folder.resolve("copy");
        succeed(run("cp", "-rl", home.toString(), copy.toString()));
        succeed(imagegate(copy.resolve("bin/imagegate"), "parse", "nginx"));
        Files.delete(copy.resolve("lib/imagegate.aot"));
        Files.write(copy.resolve("lib/imagegate.aot"), new byte[1 << 20]);
        assertThat(imagegate(copy.resolve("bin/imagegate"), "parse", "nginx").status())
                .isNotZero();
        Program.Result without = succeed(run(copy.resolve("bin/imagegate").toString(), "parse", "nginx"));
        assertThat(without.out()).startsWith("{\"input\":\"nginx\"").hasLineCount(1);
        assertThat(without.err()).isEmpty();
    }

    @Test
    @DisplayName("has a bill of materials of the library for cryptography, as it comes from Maven Central")
    void bill() throws Exception {
        Map<?, ?> bill = (Map<?, ?>) Objects.requireNonNull(
                JsonTree.read(Files.readString(home.resolve("lib/sbom/corretto-crypto.cdx.json"))));
        Map<?, ?> provider = (Map<?, ?>) ((List<?>) Objects.requireNonNull(bill.get("components"))).get(0);
        assertThat(succeed(imagegate(command(), "version")).out())
                .endsWith("cryptography: AmazonCorrettoCryptoProvider " + provider.get("version") + "\n");
        assertThat(String.valueOf(provider.get("purl")))
                .matches("pkg:maven/software\\.amazon\\.cryptools/AmazonCorrettoCryptoProvider@[\\d.]+"
                        + "\\?classifier=linux-(x86_64|aarch_64)&type=jar");
        byte[] jar = Files.readAllBytes(Path.of(Program.setting("imagegate.provider")));
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(jar));
        assertThat(provider.get("hashes")).isEqualTo(List.of(Map.of("alg", "SHA-256", "content", hash)));
    }

    @Test
    @DisplayName("has a verifier for containerd, which refuses on a machine without policies for it")
    void verifier() throws Exception {
        Path verifier = Files.createSymbolicLink(folder.resolve("verifier"), home.resolve("lib/verifier/imagegate"));
        for (Path program : List.of(verifier, home.resolve("lib/verifier/imagegate"))) {
            Program.Result refused =
                    imagegate(program, "-name", "docker.io/library/nginx:1", "-digest", "sha256:" + "0".repeat(64));
            assertThat(refused.status()).isEqualTo(1);
            assertThat(refused.out()).contains("/etc/imagegate/verifier").hasLineCount(1);
        }
    }

    @Test
    @DisplayName("finds the rules of --plugins")
    void plugins() throws Exception {
        Path jars = Files.createDirectories(folder.resolve("jars"));
        PluginJar.rule(jars.resolve("a.jar"), "org.a.Blessed", "org.a.Blessed");
        Path policy = Files.writeString(folder.resolve("policy.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: p}
                spec: {rules: [{name: blessed, custom: org.a.Blessed}]}
                """);
        String[] check = {"check", "--plugins", jars.toString(), "--policy", policy.toString(), ""};
        check[5] = "ghcr.io/acme/blessed:1";
        succeed(imagegate(command(), check));
        check[5] = "ghcr.io/acme/other:1";
        assertThat(imagegate(command(), check).status()).isEqualTo(1);
    }

    @Test
    @DisplayName("has manual pages of all commands")
    void manual() throws Exception {
        String commands =
                succeed(imagegate(command(), "generate-man-page", "--list")).out();
        assertThat(commands.lines()).contains("check", "serve", "verify-bundle");
        Path pages = home.resolve("share/man/man1");
        assertThat(pages.resolve("imagegate.1.gz")).isRegularFile();
        assertThat(commands.lines())
                .allSatisfy(name ->
                        assertThat(pages.resolve("imagegate-" + name + ".1.gz")).isRegularFile());
    }

    private static String completed(String line, String... words) throws Exception {
        String all = String.join("' '", words);
        String script = "source '" + home.resolve("share/bash-completion/completions/imagegate") + "'\n"
                + "COMP_WORDS=('"
                + all + "'); COMP_CWORD=" + (words.length - 1) + "; COMP_LINE='" + line
                + "'; COMP_POINT=${#COMP_LINE}\n"
                + "cd '" + home + "'; _imagegate_words 2> /dev/null || true; printf '%s\\n' \"${COMPREPLY[@]}\"";
        return succeed(Program.run(List.of("bash", "-c", script))).out();
    }

    @Test
    @DisplayName("has a completion that knows commands, options, formats, files and built-in policies")
    void completion() throws Exception {
        assertThat(completed("imagegate che", "imagegate", "che").strip()).isEqualTo("check");
        assertThat(completed("imagegate check --regi", "imagegate", "check", "--regi"))
                .contains("--registries");
        assertThat(completed("imagegate check --input ", "imagegate", "check", "--input", ""))
                .contains("kubernetes", "dockerfile");
        assertThat(completed("imagegate check -p ", "imagegate", "check", "-p", ""))
                .contains("builtin:baseline", "builtin:restricted", "share");
        assertThat(completed("imagegate check -p builtin:ba", "imagegate", "check", "-p", "builtin", ":", "ba")
                        .strip())
                .isEqualTo("baseline");
        assertThat(completed("imagegate check -p builtin:", "imagegate", "check", "-p", "builtin", ":"))
                .contains("baseline", "restricted");
        assertThat(completed("imagegate policy show ", "imagegate", "policy", "show", ""))
                .contains("baseline");
        assertThat(completed("imagegate check sh", "imagegate", "check", "sh").strip())
                .isEqualTo("share");
    }

    @Test
    @DisplayName("is a Debian package, too, whose command is a link")
    void debian() throws Exception {
        Machine.needs("dpkg-deb");
        Path deb = only(folder.resolve("packages"), ".deb");
        assertThat(deb.getFileName().toString()).matches("imagegate_0\\.1\\.0~rc\\.1_(amd64|arm64)\\.deb");
        Path root = folder.resolve("root");
        succeed(run("dpkg-deb", "-x", deb.toString(), root.toString()));
        succeed(imagegate(root.resolve("usr/bin/imagegate"), "parse", "nginx"));
        assertThat(root.resolve("usr/share/man/man1/imagegate-check.1.gz")).isRegularFile();
        assertThat(root.resolve("usr/share/zsh/vendor-completions/_imagegate")).isRegularFile();
        assertThat(root.resolve("usr/share/doc/imagegate/copyright")).content().contains("Apache License");
        String control = succeed(run("dpkg-deb", "-f", deb.toString(), "Package", "Version"))
                .out();
        assertThat(control).isEqualTo("Package: imagegate\nVersion: 0.1.0~rc.1\n");
        assertThat(succeed(run("dpkg-deb", "-f", deb.toString(), "Depends")).out())
                .matches("libc6 \\(>= 2\\.\\d+\\), zlib1g\n");
        Program.Result config = imagegate(
                root.resolve("usr/bin/imagegate"),
                "serve",
                "--config=" + root.resolve("etc/imagegate/serve.yaml"),
                "--print-config");
        assertThat(succeed(config).out()).contains("client-name: kube-apiserver");
    }

    @Test
    @DisplayName(
            "leaves no unit enabled when it is removed, also where no systemd runs, and touches none in an upgrade")
    void removal() throws Exception {
        Path asked = folder.resolve("asked");
        Path systemctl = Files.writeString(
                Files.createDirectories(folder.resolve("programs")).resolve("systemctl"),
                "#!/bin/sh\necho \"$@\" >> '" + asked + "'\n");
        assertThat(systemctl.toFile().setExecutable(true)).isTrue();
        String prerm = "PATH='" + systemctl.getParent() + "':$PATH sh src/package/deb/prerm ";
        succeed(shell(prerm + "upgrade 0.2.0"));
        assertThat(asked).doesNotExist();
        succeed(shell(prerm + "remove"));
        assertThat(Files.readString(asked)).endsWith("disable --quiet imagegate.service\n");
    }

    @Test
    @DisplayName("has a unit for systemd that is exposed little")
    void unit() throws Exception {
        Machine.needs("systemd-analyze");
        succeed(run(
                "systemd-analyze", "security", "--offline=true", "--threshold=20", "src/package/imagegate.service"));
        Path open = Files.writeString(
                folder.resolve("imagegate.service"), "[Service]\nExecStart=/usr/bin/imagegate serve\n");
        assertThat(run("systemd-analyze", "security", "--offline=true", "--threshold=20", open.toString())
                        .status())
                .isNotZero();
    }
}
