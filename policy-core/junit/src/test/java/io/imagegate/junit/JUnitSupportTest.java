package io.imagegate.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.document.PolicyDocumentException;
import io.imagegate.gate.LiveGate;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.ReferenceSyntaxException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Support for JUnit")
class JUnitSupportTest {

    private static final String POLICY = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: p}
            spec: {rules: [{name: tag, tag: {required: true}}]}
            """;

    @TempDir
    Path folder;

    private static List<DynamicTest> cases(DynamicContainer test) {
        return test.getChildren().map(DynamicTest.class::cast).toList();
    }

    @Test
    @DisplayName("a case that is not as expected fails with its line and what differs, others pass")
    void cases() throws Throwable {
        Path file = Files.writeString(folder.resolve("t.yaml"), POLICY + """
                ---
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicyTest
                metadata: {name: first}
                spec:
                  cases:
                    - {name: good, image: "a:1", expect: {decision: allowed}}
                    - {name: bad, image: "a", expect: {decision: allowed}}
                ---
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicyTest
                metadata: {name: second}
                spec: {cases: [{name: good, image: "a", expect: {decision: denied}}]}
                """);
        List<DynamicContainer> tests = PolicyTestCases.of(file.toString()).toList();
        assertThat(tests).extracting(DynamicContainer::getDisplayName).containsExactly("first", "second");
        List<DynamicTest> first = cases(tests.get(0));
        first.get(0).getExecutable().execute();
        DynamicTest bad = first.get(1);
        assertThat(bad.getDisplayName()).isEqualTo("bad");
        assertThat(bad.getTestSourceUri()).contains(URI.create(file.toUri() + "?line=12"));
        assertThatThrownBy(() -> bad.getExecutable().execute())
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(file + ":12: ")
                .hasMessageContaining("denied");
        cases(tests.get(1)).get(0).getExecutable().execute();
    }

    @Test
    @DisplayName("a policy test that cannot be read fails as a whole")
    void unreadable() throws Exception {
        String file = Files.writeString(folder.resolve("t.yaml"), POLICY.replace("required", "requierd"))
                .toString();
        assertThatThrownBy(() -> PolicyTestCases.of(file))
                .isInstanceOf(PolicyDocumentException.class)
                .hasMessageContaining("requierd");
    }

    @Test
    @DisplayName("a gate is open while tests run, for the class or for each test")
    void gates() {
        AtomicInteger opened = new AtomicInteger();
        GateExtension extension = GateExtension.of(() -> {
            opened.incrementAndGet();
            return LiveGate.builder().policies(PolicySet.of(Policy.byDefault())).open();
        });
        assertThatThrownBy(extension::gate).hasMessageContaining("open only while tests run");
        // The extension asks nothing of it.
        ExtensionContext context = (ExtensionContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ExtensionContext.class}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
        extension.beforeEach(context);
        assertThat(extension.gate()).isSameAs(extension.gate());
        extension.afterEach(context);
        assertThatThrownBy(extension::gate).isInstanceOf(IllegalStateException.class);
        extension.beforeAll(context);
        extension.beforeEach(context);
        LiveGate gate = extension.gate();
        extension.afterEach(context);
        assertThat(extension.gate()).isSameAs(gate);
        extension.afterAll(context);
        assertThatThrownBy(extension::gate).isInstanceOf(IllegalStateException.class);
        assertThat(opened).hasValue(2);
    }

    @Test
    @DisplayName("a registry has what was added, by tag and digest, and answers 404 otherwise")
    void registry() throws Exception {
        try (SignedRegistry registry = SignedRegistry.start()) {
            assertThat(registry.add("acme/web")).isEqualTo(registry.host() + "/acme/web");
            registry.addSigned("acme/api:1");
            assertThat(status(registry, "/v2/")).isEqualTo(200);
            assertThat(status(registry, "/v2/acme/web/manifests/latest")).isEqualTo(200);
            assertThat(status(registry, "/v2/acme/api/manifests/1")).isEqualTo(200);
            assertThat(status(registry, "/v2/acme/api/manifests/2")).isEqualTo(404);
            assertThatThrownBy(() -> registry.add("Acme/web")).isInstanceOf(ReferenceSyntaxException.class);
        }
    }

    @Test
    @DisplayName("a registry says which digest a manifest has, and delays its answers")
    void delay() throws Exception {
        try (SignedRegistry registry = SignedRegistry.start()) {
            registry.addSigned("acme/api:1");
            HttpResponse<byte[]> manifest = get(registry, "/v2/acme/api/manifests/1");
            String digest = "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(manifest.body()));
            assertThat(manifest.headers().firstValue("Docker-Content-Digest")).hasValue(digest);
            Duration delay = Duration.ofMillis(300);
            registry.delay(delay);
            long start = System.nanoTime();
            assertThat(status(registry, "/v2/")).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(delay);
        }
    }

    private static int status(SignedRegistry registry, String path) throws Exception {
        return get(registry, path).statusCode();
    }

    private static HttpResponse<byte[]> get(SignedRegistry registry, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + registry.host() + path))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
    }
}
