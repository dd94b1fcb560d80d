package io.imagegate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.cli.Load.Question;
import io.imagegate.cli.attack.HostileRegistry;
import io.imagegate.cli.command.SignedRegistry;
import io.imagegate.server.Conditions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Signed images are asked about at two servers while their registry, or what proves signatures, changes; a line of a table is
 * printed for each, as in FaultsIT. Answers are kept for a second, so the registry is asked all the while.
 */
@Tag("nightly")
class RegistryFaultsIT {

    private static final String BRIEF = "{tags: 1s, absent: 1s, verified: 1s, staleOnError: 3s}";

    /** The periods of a server that was not told any. */
    private static final String USUAL = "{}";

    private static final int FLOOD = 10_000;
    private static final int FLOOD_AT_ONCE = 64;

    /** That of the image: answers of registries that pile up would end the server. */
    private static final int HEAP_MEBIBYTES = 64;

    /** How a denial says that the machine is slow. */
    private static final String LATE = "did not (answer|finish)";

    /** How a denial says that the registry left it open whether an image is signed. */
    private static final String UNKNOWN = LATE + "|is down|the registry itself answers|limits requests"
            + "|has the digest|JSON|refused access|answered \\d+|expected one of|failed|has \\d+ bytes|too many|busy|look-ups";

    @TempDir
    Path folder = Path.of("");

    private final List<RunningJar> servers = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private SignedRegistry honest;

    @SuppressWarnings("NullAway.Init")
    private HostileRegistry registry;

    @SuppressWarnings("NullAway.Init")
    private ControlPlane plane;

    @SuppressWarnings("NullAway.Init")
    private Balancer service;

    @BeforeEach
    void prepare() throws Exception {
        honest = new SignedRegistry("acme/key", "acme/keyless", "acme/none");
        registry = new HostileRegistry(
                honest.registry().host(),
                Map.of(
                        "signed",
                        "acme/key",
                        "stranger",
                        "acme/key",
                        "keyless",
                        "acme/keyless",
                        "unsigned",
                        "acme/none"),
                1);
        registry.answerAsItIs();
        plane = new ControlPlane(folder);
        service = new Balancer();
        for (String file : List.of("keys/1.pub", "keys/2.pub", "trust/trusted-root.json")) {
            Path recorded = Path.of(SignedRegistry.file(file));
            Files.copy(recorded, folder.resolve(recorded.getFileName()));
        }
        writeCredentials("old:1");
        plane.write(ControlPlane.policy("old").replace("spec:", """
                spec:
                  trust: {own: {file: trusted-root.json, require: {timestamp: 1}}}
                  signers:
                    release: {keys: [{file: 1.pub}]}
                    stranger: {keys: [{file: 2.pub}]}
                    ci: {keyless: {trust: own, issuer: "http://127.0.0.1:5070", identity: "https://github.com/acme/api/**"}}""") + """
                    - {name: signed, match: {images: ["%1$s/signed/**", "%1$s/unsigned/**"]}, signature: {by: [$release]}}
                    - {name: keyless, match: {images: ["%1$s/keyless/**"]}, signature: {by: [$ci]}}
                    - {name: stranger, match: {images: ["%1$s/stranger/**"]}, signature: {by: [$stranger]}}
                """.formatted(registry.host()));
    }

    private void start(String cache) throws Exception {
        Path registries = Files.writeString(folder.resolve("registries.yaml"), """
                apiVersion: imagegate.io/v1alpha1
                kind: ImageRegistries
                metadata: {name: registries}
                spec:
                  registries: [{host: "%s", plainHttp: true, credentials: {dockerConfig: config.json}}]
                  limits: {timeout: 2s}
                  cache: %s
                """.formatted(registry.host(), cache));
        for (int i = 0; i < 2; i++) {
            RunningJar server = RunningJar.serveWithHeap(
                    HEAP_MEBIBYTES, plane.certificates(), plane.options("--registries", registries.toString()));
            servers.add(server);
            service.add(server);
        }
        service.awaitReady(2);
    }

    private void writeCredentials(String user) throws IOException {
        Path next = Files.writeString(
                folder.resolve("next.json"),
                "{\"auths\": {\"%s\": {\"auth\": \"%s\"}}}"
                        .formatted(
                                registry.host(),
                                Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.US_ASCII))));
        Files.move(next, folder.resolve("config.json"), StandardCopyOption.REPLACE_EXISTING);
    }

    @AfterEach
    void stop() throws IOException {
        service.close();
        for (RunningJar server : servers) {
            server.close();
        }
        registry.close();
        honest.close();
    }

    private String image(String kind, int number) {
        return registry.host() + "/" + kind + "/" + number + "@" + SignedRegistry.IMAGE;
    }

    private Load load(String reasons) throws Exception {
        return plane.load(
                service.url(),
                ControlPlane.NGINX,
                ControlPlane.redis("old"),
                Question.allowedUnless(image("signed", 0), reasons),
                Question.allowedUnless(image("keyless", 0), reasons),
                Question.denied(image("stranger", 0)),
                Question.denied(image("unsigned", 0)));
    }

    private void awaitAll(String answer, String image) throws Exception {
        for (RunningJar server : servers) {
            Conditions.await(
                    image + ": " + answer, () -> plane.answer(server, image).contains(answer));
        }
    }

    private void awaitAllowed() throws Exception {
        awaitAll("\"allowed\":true", image("signed", 0));
        awaitAll("\"allowed\":true", image("keyless", 0));
    }

    @Test
    void theRegistryHasFaults() throws Exception {
        start(BRIEF);
        check("no answer", "the registry is hung", () -> registry.answerWith("no answer"));
        check(HostileRegistry.LATE, "the registry takes a second for each answer", () -> registry.answerAfter(1_000));
        check("a changed byte", "the registry sends other bytes", () -> registry.answerWith("a changed byte"));
        check("status 429", "the registry limits requests (429)", () -> registry.answerWith("status 429"));
    }

    private void check(String fault, String name, Runnable begin) throws Exception {
        awaitAllowed();
        try (Load load = load(UNKNOWN)) {
            int before = registry.answered(fault);
            begin.run();
            Conditions.await(fault, () -> registry.answered(fault) > before);
            load.awaitAnswers(2 * Load.RATE);
            registry.answerAsItIs();
            awaitAllowed();
            ControlPlane.expectNothingLost(load.stop(name));
        }
    }

    @Test
    void theRegistryFlaps() throws Exception {
        start(BRIEF);
        awaitAllowed();
        try (Load load = load(UNKNOWN)) {
            for (int i = 0; i < 5; i++) {
                registry.leave();
                load.awaitAnswers(Load.RATE / 2);
                registry.comeBack();
                load.awaitAnswers(Load.RATE / 2);
            }
            awaitAllowed();
            ControlPlane.expectNothingLost(load.stop("the registry is gone and back five times"));
        }
    }

    @Test
    void theRegistryIsGoneForLongerThanAnythingIsKept() throws Exception {
        start(BRIEF);
        awaitAllowed();
        try (Load load = load(UNKNOWN)) {
            registry.leave();
            awaitAll(" is down", image("signed", 0));
            load.awaitAnswers(2 * Load.RATE);
            registry.comeBack();
            awaitAllowed();
            Load.Result result = load.stop("the registry is gone for longer than `staleOnError`");
            ControlPlane.expectNothingLost(result);
            assertThat(result.counts().otherwise()).isPositive();
        }
    }

    @Test
    void credentialsAreReplaced() throws Exception {
        registry.require("old:1");
        start(BRIEF);
        awaitAllowed();
        try (Load load = load(LATE)) {
            registry.require("old:1", "new:2");
            writeCredentials("new:2");
            load.awaitAnswers(2 * Load.RATE);
            registry.require("new:2");
            load.awaitAnswers(2 * Load.RATE);
            ControlPlane.expectNothingLost(load.stop("credentials of the registry replaced"));
        }
        try (Load load = load(UNKNOWN)) {
            registry.require("newest:3");
            awaitAll("refused access", image("signed", 0));
            writeCredentials("newest:3");
            awaitAllowed();
            ControlPlane.expectNothingLost(load.stop("credentials of the registry revoked, then replaced"));
        }
    }

    @Test
    void theTrustedRootIsReplaced() throws Exception {
        start(USUAL);
        awaitAllowed();
        String root = Files.readString(folder.resolve("trusted-root.json"));
        String ended = root.replaceFirst(
                "(?s)(\"certificateAuthorities\".*?\"validFor\":\\{\"start\":\"[^\"]*\")",
                "$1, \"end\":\"2026-11-25T00:00:01Z\"");
        assertThat(ended).isNotEqualTo(root);
        try (Load load = plane.load(
                service.url(),
                ControlPlane.NGINX,
                Question.allowedUnless(image("keyless", 0), "rule keyless|keyless"),
                Question.denied(image("unsigned", 0)))) {
            for (int i = 0; i < 2; i++) {
                writeRoot(ended);
                awaitAll("\"allowed\":false", image("keyless", 0));
                writeRoot(root);
                awaitAll("\"allowed\":true", image("keyless", 0));
            }
            Load.Result result = load.stop("trusted root replaced by one whose authority has ended, and back, twice");
            ControlPlane.expectNothingLost(result);
            assertThat(result.counts().otherwise()).isPositive();
        }
    }

    private void writeRoot(String root) throws IOException {
        Path next = Files.writeString(folder.resolve("next-root.json"), root);
        Files.move(next, folder.resolve("trusted-root.json"), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Each costs the registry several requests, and caches an entry; images that are verified stay allowed. */
    @Test
    void thousandsOfUnsignedImagesAreAskedAbout() throws Exception {
        start(USUAL);
        awaitAllowed();
        Semaphore atOnce = new Semaphore(FLOOD_AT_ONCE);
        AtomicInteger denied = new AtomicInteger();
        AtomicInteger turnedAway = new AtomicInteger();
        try (Load load = load(LATE)) {
            List<CompletableFuture<?>> all = new ArrayList<>();
            for (int i = 1; i <= FLOOD; i++) {
                atOnce.acquire();
                all.add(plane.tester()
                        .postAsync(servers.get(i % 2), ReviewTester.review(image("unsigned", i)))
                        .thenAccept(answer ->
                                (answer.body().contains("\"allowed\":false") ? denied : turnedAway).incrementAndGet())
                        .whenComplete((done, failed) -> atOnce.release()));
            }
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
            ControlPlane.expectNothingLost(load.stop("10,000 reviews of different unsigned images, 64 at a time"));
        }
        assertThat(denied).hasValue(FLOOD);
        assertThat(turnedAway).hasValue(0);
    }
}
