package io.imagegate.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.Tier;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.policy.PolicySet;
import io.imagegate.undertow.PolicyWebhookHandler;
import io.imagegate.webhook.PolicyWebhook;
import io.undertow.Undertow;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command line decides on an image, a manifest and a recorded review as a server does to which they come. That every
 * server decides as the library does is part of the contract of adapters.
 */
@Tag("slow")
class DecideAlikeTest {

    private static final int QUESTIONS = Tier.tries(20, 60);
    private static final String POLICIES = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: first}
            spec:
              sets: {ours: ["ghcr.io/acme/**", docker.io/library/*]}
              rules:
                - {name: fixed-tag, tag: {required: true, deny: [latest], unlessDigest: true}}
                - {name: ours, allow: [$ours], match: {namespaces: ["prod-*"]}}
                - {name: pinned, enforce: warn, digest: {required: true}}
              exceptions:
                - {rules: [fixed-tag], images: [redis], namespaces: [dev], reason: r, expires: 2999-12-31}
            ---
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: second}
            spec:
              rules:
                - {name: supported, match: {images: [acme/*]}, tag: {semver: ">=1.2 <3"}}
                - {name: no-old, deny: ["docker.io/library/nginx:1.1?.*"]}
            """;
    private static final List<String> NAMES = List.of(
            "nginx",
            "redis",
            "acme/api",
            "docker.io/acme/api",
            "ghcr.io/acme/web",
            "GHCR.io:443/acme/web",
            "quay.io/x/y",
            "foo_bar.com/x",
            "Nginx",
            "a b");
    private static final List<String> VERSIONS = List.of(
            ":1.17.1",
            ":1.27.0",
            ":v2.0.0",
            ":2.0.0-rc.1",
            ":4.0.0",
            "@sha256:" + "0".repeat(64),
            ":1.2.3@sha256:" + "a".repeat(64),
            ":latest",
            "");
    private static final List<String> NAMESPACES = List.of("default", "prod-a", "dev");
    /** The two names are made up where no rule was asked, and no sentence has them. */
    private static final Pattern DENIED = Pattern.compile(
            "\"outcome\":\"denied\",\"policy\":\"[^\"]*\",\"rule\":\"(?!invalid-reference|no-registry)([^\"]*)\"");

    private static final Pattern REASON = Pattern.compile("rule \\\\\"([^\\\\]*)\\\\\"");

    /** An ImageReview has the sentence as its reason, an AdmissionReview as its message; warnings stand elsewhere. */
    private static final Pattern SENTENCE = Pattern.compile("\"(?:reason|message)\":\"(image (?:[^\"\\\\]|\\\\.)*)\"");

    @TempDir
    Path folder = Path.of("");

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final HttpClient client = HttpClient.newHttpClient();
    private Path policy = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private Undertow server;

    /** What was decided, and the rules that a denial names. */
    private record NodeVerdict(boolean allowed, Set<String> rules) {

        static NodeVerdict of(boolean allowed, Pattern rule, String text) {
            return new NodeVerdict(
                    allowed,
                    rule.matcher(text)
                            .results()
                            .map((MatchResult found) -> found.group(1))
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    @BeforeEach
    void start() throws Exception {
        policy = Files.writeString(folder.resolve("policy.yaml"), POLICIES);
        PolicySet policies = new PolicyDocuments().load(policy);
        server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1", new PolicyWebhookHandler(PolicyWebhook.of(() -> policies)))
                .build();
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Test
    void anImageIsDecidedAlike() throws Exception {
        int allowed = 0;
        for (int i = 0; i < QUESTIONS; i++) {
            String image = any(NAMES) + any(VERSIONS);
            String namespace = any(NAMESPACES);
            NodeVerdict served = serve(imageReview(namespace, "{\"image\":\"" + image + "\"}"));
            assertThat(check("--namespace", namespace, "--image", image))
                    .as(seed + ": " + image)
                    .isEqualTo(served);
            allowed += served.allowed() ? 1 : 0;
        }
        assertThat(allowed).as("seed " + seed).isBetween(1, QUESTIONS - 1);
    }

    @Test
    void manifestsAndReviewsAreDecidedAlike() throws Exception {
        int allowed = 0;
        for (int i = 0; i < QUESTIONS; i++) {
            String containers = containers();
            String namespace = any(NAMESPACES);
            String pod = "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"p\",\"namespace\":\""
                    + namespace + "\"},\"spec\":{\"containers\":[" + containers + "]}}";
            NodeVerdict served = serve(imageReview(namespace, containers));
            assertThat(serve(admissionReview(namespace, pod)))
                    .as(seed + ": " + pod)
                    .isEqualTo(served);
            for (String file : List.of(pod, imageReview(namespace, containers), admissionReview(namespace, pod))) {
                String name = Files.writeString(folder.resolve("asked"), file).toString();
                assertThat(check("--file", name)).as(seed + ": " + file).isEqualTo(served);
            }
            allowed += served.allowed() ? 1 : 0;
        }
        assertThat(allowed).as("seed " + seed).isBetween(1, QUESTIONS - 1);
    }

    private NodeVerdict check(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = ImagegateCommand.commandLine(Map.of())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(Stream.concat(
                                Stream.of("check", "-o", "json", "--policy", policy.toString()), Stream.of(arguments))
                        .toArray(String[]::new));
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString()).contains("\"allowed\":" + (status == 0) + ",");
        return NodeVerdict.of(status == 0, DENIED, out.toString());
    }

    private NodeVerdict serve(String body) throws Exception {
        int port = ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/image_policy"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        String answer = client.send(request, BodyHandlers.ofString(UTF_8)).body();
        boolean allowed = answer.contains("\"allowed\":true");
        Matcher sentence = SENTENCE.matcher(answer);
        assertThat(sentence.find()).as(answer).isNotEqualTo(allowed);
        return NodeVerdict.of(allowed, REASON, allowed ? "" : sentence.group(1));
    }

    private static String imageReview(String namespace, String containers) {
        return "{\"kind\":\"ImageReview\",\"apiVersion\":\"imagepolicy.k8s.io/v1alpha1\",\"spec\":{\"containers\":["
                + containers + "],\"namespace\":\"" + namespace + "\"}}";
    }

    private static String admissionReview(String namespace, String pod) {
        return "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\",\"request\":{\"uid\":\"u\","
                + "\"kind\":{\"version\":\"v1\",\"kind\":\"Pod\"},\"operation\":\"CREATE\",\"namespace\":\"" + namespace
                + "\",\"object\":" + pod + "}}";
    }

    private String containers() {
        return Stream.generate(() -> "{\"image\":\"" + any(NAMES) + any(VERSIONS) + "\"}")
                .limit(1 + random.nextInt(1 + random.nextInt(3)))
                .collect(Collectors.joining(","));
    }

    private String any(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }
}
