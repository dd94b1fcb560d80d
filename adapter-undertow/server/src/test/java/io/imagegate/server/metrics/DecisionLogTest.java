package io.imagegate.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Mutation;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.Digest;
import io.imagegate.reference.ImageRewrite;
import io.imagegate.rule.Rules;
import io.imagegate.server.log.LogFormat;
import io.imagegate.webhook.PolicyWebhook;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lines of the decision log, as a webhook causes them; what differs each time is left out. */
class DecisionLogTest {

    private final List<String> lines = new ArrayList<>();

    @Test
    void aDenialIsOneLine() {
        review(false, "\"nginx\"");
        assertThat(lines)
                .containsExactly(
                        "{\"event\":\"denied\",\"protocol\":\"ImageReview\",\"kind\":\"Pod\",\"namespace\":\"shop\",\"images\":[\"nginx\"],"
                                + "\"rules\":[\"default/fixed-tag\"],\"reason\":\"image \\\"nginx\\\" (containers[0]) violates rule"
                                + " \\\"fixed-tag\\\": it has no tag, so it means \\\"latest\\\"; write a fixed tag\"}");
    }

    @Test
    void anAllowanceIsALineOnlyWhenEverythingIsTold() {
        review(false, "\"nginx:1\"");
        assertThat(lines).isEmpty();
        review(true, "\"nginx:1\"");
        assertThat(lines)
                .containsExactly(
                        "{\"event\":\"allowed\",\"protocol\":\"ImageReview\",\"kind\":\"Pod\",\"namespace\":\"shop\","
                                + "\"images\":[\"nginx:1\"],\"rules\":[]}");
    }

    @Test
    void whatNobodyCouldDecideIsALineAndNotItsBody() {
        review(false, "\"nginx:1\", \"secret");
        assertThat(lines)
                .singleElement()
                .asString()
                .startsWith("{\"event\":\"denied\",\"protocol\":\"ImageReview\",\"failure\":\"malformed\",\"reason\":");
        assertThat(lines.get(0)).doesNotContain("secret");
    }

    @Test
    void aNameThatHidesItselfIsEscaped() {
        review(false, "\"nginx\\u202exnign\\u0085\"");
        assertThat(lines).singleElement().asString().contains("\"images\":[\"nginx\\\\u202exnign\\\\u0085\"]");
    }

    @Test
    void aLineIsBoundedWhateverIsAsked() {
        String image = "\"" + "x".repeat(4_000) + "\"";
        review(false, String.join("},{\"image\":", Collections.nCopies(500, image)));
        assertThat(lines).singleElement().asString().hasSizeLessThan(10_000).contains("\"moreImages\":480");
    }

    @Test
    void lookupsAreTold() {
        Digest digest = Digest.parse("sha256:" + "a".repeat(64));
        FactSource source = (needs, limit) -> CompletableFuture.completedFuture(needs.keySet().stream()
                .collect(Collectors.toMap(
                        image -> image,
                        image -> ImageFacts.at(Instant.EPOCH)
                                .with(Need.DIGEST, Fact.known(digest).asCached()))));
        PolicySet policies =
                PolicySet.of(Policy.builder("p").rule("there", Rules.exists()).build());
        post(true, ImageGate.of(() -> policies, source), "{\"spec\":{\"containers\":[{\"image\":\"a:1\"}]}}");
        assertThat(lines)
                .singleElement()
                .asString()
                .contains("\"rules\":[],\"lookups\":[{\"image\":\"docker.io/library/a:1\",\"need\":\"digest\","
                        + "\"state\":\"known\",\"detail\":\"" + digest + "\",\"cached\":true}]");
        lines.clear();
        String images =
                IntStream.range(0, 500).mapToObj(i -> "\"a:" + i + "\"").collect(Collectors.joining("},{\"image\":"));
        post(true, ImageGate.of(() -> policies, source), "{\"spec\":{\"containers\":[{\"image\":" + images + "}]}}");
        assertThat(lines).singleElement().asString().hasSizeLessThan(10_000).contains("\"moreLookups\":490");
    }

    @Test
    void newNamesOfImagesAreTold() {
        PolicySet policies = PolicySet.of(Policy.builder("p")
                .rule("fixed-tag", Rules.fixedTag())
                .mutation(Mutation.rewriting(List.of(ImageRewrite.of("docker.io/**", "m.io/hub/**"))))
                .build());
        String pod = "{\"kind\":\"AdmissionReview\",\"request\":{\"uid\":\"u\",\"operation\":\"CREATE\",\"kind\":"
                + "{\"kind\":\"%s\",\"group\":\"%s\"},\"object\":{\"spec\":%s}}}";
        String spec = "{\"containers\":[{\"image\":\"a:1\"}]}";
        byte[] bytes = pod.formatted("Pod", "", spec).getBytes(StandardCharsets.UTF_8);
        PolicyWebhook webhook = PolicyWebhook.builder(() -> policies)
                .listener(new DecisionLog(true, LogFormat.json, line -> lines.add(steady(line))))
                .build();
        webhook.reviewAsync("/mutate", "", bytes, bytes.length).join();
        assertThat(lines)
                .singleElement()
                .asString()
                .contains("\"images\":[\"a:1\"],\"rewritten\":[{\"from\":\"a:1\",\"to\":\"m.io/hub/library/a:1\","
                        + "\"patched\":true}],\"rules\":[]");
        byte[] job = pod.formatted("Job", "batch", "{\"template\":{\"spec\":" + spec + "}}")
                .getBytes(StandardCharsets.UTF_8);
        webhook.reviewAsync("/validate", "", job, job.length).join();
        assertThat(lines).last().asString().contains("\"to\":\"m.io/hub/library/a:1\",\"patched\":false}]");
        byte[] denied = pod.formatted("Pod", "", spec.replace("a:1", "a")).getBytes(StandardCharsets.UTF_8);
        webhook.reviewAsync("/mutate", "", denied, denied.length).join();
        assertThat(lines).last().asString().contains("\"event\":\"denied\"", "\"patched\":false}]");
    }

    @Test
    void anAdmissionReviewIsNamedByItsUidAndObject() {
        post(true, """
                {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"u-1","operation":"CREATE",
                "kind":{"group":"apps","version":"v1","kind":"Deployment"},"namespace":"shop","name":"web",
                "userInfo":{"username":"jane\\u202e"},
                "object":{"kind":"Deployment","apiVersion":"apps/v1"}}}""");
        post(true, """
                {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"u-2\\u202e","object":[""");
        assertThat(lines)
                .first()
                .isEqualTo("{\"event\":\"allowed\",\"protocol\":\"AdmissionReview\",\"uid\":\"u-1\","
                        + "\"operation\":\"CREATE\",\"kind\":\"Deployment.apps\",\"namespace\":\"shop\","
                        + "\"name\":\"web\",\"user\":\"jane\\\\u202e\",\"images\":[],\"rules\":[]}");
        assertThat(lines)
                .last()
                .asString()
                .startsWith("{\"event\":\"denied\",\"protocol\":\"AdmissionReview\","
                        + "\"uid\":\"u-2\\\\u202e\",\"failure\":\"malformed\",\"reason\":");
    }

    @Test
    void textIsForPeople() {
        assertThat(text(false, "{\"spec\":{\"namespace\":\"shop\",\"containers\":[{\"image\":\"nginx\"}]}}"))
                .matches(
                        "\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z denied shop/- nginx: image \"nginx\" \\(containers\\[0]\\) violates"
                                + " rule \"fixed-tag\": it has no tag, so it means \"latest\"; write a fixed tag");
        String pod = """
                {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"u-1","operation":"CREATE",
                "kind":{"kind":"Pod"},"namespace":"shop","name":"web\\u202e",
                "object":{"spec":{"containers":[{"image":"a:1"},{"image":"b:1"}]}}}}""";
        assertThat(text(true, pod)).endsWith("Z allowed shop/web\\u202e a:1, b:1");
        assertThat(text(false, pod)).isEmpty();
        assertThat(text(false, "{\"spec\":")).contains("Z denied -/- -: ").doesNotContain("\n");
    }

    @Test
    void aLineOfTextIsBounded() {
        String image = "\"" + "x".repeat(4_000) + "\"";
        String images = String.join("},{\"image\":", Collections.nCopies(500, image));
        assertThat(text(false, "{\"spec\":{\"namespace\":\"shop\",\"containers\":[{\"image\":" + images + "}]}}"))
                .hasSizeLessThan(10_000)
                .contains(" and 480 more: image ");
    }

    private static String text(boolean everything, String body) {
        List<String> written = new ArrayList<>();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        PolicyWebhook.builder(ImageGate.of(PolicySet.of(Policy.byDefault())))
                .listener(new DecisionLog(everything, LogFormat.text, written::add))
                .build()
                .review("/validate", bytes, bytes.length);
        return String.join("|", written);
    }

    private void review(boolean everything, String images) {
        post(everything, "{\"spec\":{\"namespace\":\"shop\",\"containers\":[{\"image\":" + images + "}]}}");
    }

    private void post(boolean everything, String body) {
        post(everything, ImageGate.of(PolicySet.of(Policy.byDefault())), body);
    }

    private void post(boolean everything, ImageGate gate, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        PolicyWebhook.builder(gate)
                .listener(new DecisionLog(everything, LogFormat.json, line -> lines.add(steady(line))))
                .build()
                .review("/validate", bytes, bytes.length);
    }

    private static String steady(String line) {
        assertThat(line)
                .containsPattern("\"time\":\"\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z\"")
                .containsPattern("\"id\":\"[0-9a-f]{8}-\\d+\"");
        assertThat(line).contains("\"level\":\"INFO\",\"logger\":\"io.imagegate.decision\",\"message\":\"review ");
        return line.replaceAll("\"(time|id|level|logger|message)\":\"[^\"]*\",", "")
                .replaceAll(",\"micros\":\\d+", "");
    }
}
