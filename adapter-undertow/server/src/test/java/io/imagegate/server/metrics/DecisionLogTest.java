package io.imagegate.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.fact.Fact;
import io.imagegate.fact.FactSource;
import io.imagegate.fact.ImageFacts;
import io.imagegate.fact.Need;
import io.imagegate.policy.BreakGlass;
import io.imagegate.policy.Enforcement;
import io.imagegate.policy.Exemption;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.Mutation;
import io.imagegate.policy.NamedRule;
import io.imagegate.policy.Policy;
import io.imagegate.policy.PolicyBuilder;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.Digest;
import io.imagegate.reference.GlobSet;
import io.imagegate.reference.ImageRewrite;
import io.imagegate.reference.PatternSet;
import io.imagegate.rule.Rules;
import io.imagegate.rule.Scope;
import io.imagegate.server.log.LogFormat;
import io.imagegate.server.log.LoggedDecisions;
import io.imagegate.webhook.PolicyWebhook;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines of the decision log, as a webhook causes them; what differs each time is left out. */
class DecisionLogTest {

    private final List<String> lines = new ArrayList<>();

    @Test
    void aDenialIsOneLine() {
        review(LoggedDecisions.notable, "\"nginx\"");
        assertThat(lines)
                .containsExactly(
                        "{\"event\":\"denied\",\"protocol\":\"ImageReview\",\"kind\":\"Pod\",\"namespace\":\"shop\",\"images\":[\"nginx\"],"
                                + "\"rules\":[\"default/fixed-tag\"],"
                                + "\"violations\":[{\"rule\":\"default/fixed-tag\",\"outcome\":\"denied\"}],\"reason\":\"image \\\"nginx\\\" (containers[0]) violates rule"
                                + " \\\"fixed-tag\\\": it has no tag, so it means \\\"latest\\\"; write a fixed tag\"}");
    }

    @Test
    void anAllowanceIsALineOnlyWhenEverythingIsTold() {
        review(LoggedDecisions.notable, "\"nginx:1\"");
        assertThat(lines).isEmpty();
        review(LoggedDecisions.all, "\"nginx:1\"");
        assertThat(lines)
                .containsExactly(
                        "{\"event\":\"allowed\",\"protocol\":\"ImageReview\",\"kind\":\"Pod\",\"namespace\":\"shop\","
                                + "\"images\":[\"nginx:1\"],\"rules\":[]}");
    }

    @ParameterizedTest(name = "{0}: notable {1}, denied {2}")
    @CsvSource({
        "'nginx', true, true",
        "'nginx:1', false, false",
        "'warned/a:1', true, false",
        "'audited/a:1', true, false",
        "'exempted/a:1', true, false",
        "'down/a:1', true, false",
    })
    void aNotableDecisionIsNoPlainAllowance(String image, boolean notable, boolean denied) {
        for (LoggedDecisions which : LoggedDecisions.values()) {
            lines.clear();
            post(which, effects(), pod(image, ""));
            boolean logged = switch (which) {
                case notable -> notable;
                case denied -> denied;
                case all -> true;
                case none -> false;
            };
            assertThat(lines).as(which.name()).hasSize(logged ? 1 : 0);
        }
    }

    @Test
    void eachRuleHasItsOutcome() {
        post(
                LoggedDecisions.notable,
                effects(),
                pod("warned/a:1\"},{\"image\":\"exempted/a:1\"},{\"image\":\"down/a:1", ""));
        assertThat(lines)
                .singleElement()
                .asString()
                .contains("\"event\":\"allowed\",", ",\"user\":\"jane\",\"groups\":[\"sre\",\"\\\\u202edev\"],")
                .contains(
                        "\"violations\":[{\"rule\":\"p/exempted\",\"outcome\":\"exempted\",\"exception\":\"moving\","
                                + "\"expires\":\"9999-12-31\",\"text\":\"image \\\"exempted/a:1\\\" (spec.containers[1]) violates rule")
                .contains(
                        "{\"rule\":\"p/warned\",\"outcome\":\"warned\",\"text\":\"image \\\"warned/a:1\\\" (spec.containers[0])")
                .contains("{\"rule\":\"p/there\",\"outcome\":\"warned\",\"text\":\"")
                .contains("\"state\":\"unavailable\"");
        assertThat(text(LoggedDecisions.notable, effects(), pod("exempted/a:1", "")))
                .contains(
                        " allowed prod/web exempted/a:1 by jane (sre, \\u202edev): exempted p/exempted until 9999-12-31 (moving): image"
                                + " \"exempted/a:1\"");
        assertThat(text(LoggedDecisions.notable, effects(), pod("warned/a:1\"},{\"image\":\"nginx", "")))
                .contains(
                        " denied prod/web ", "violates rule \"fixed-tag\"", "; warned p/warned: image \"warned/a:1\"");
    }

    @Test
    void theTicketThatBrokeTheGlassIsToldAndNoPassword() {
        for (LogFormat format : LogFormat.values()) {
            lines.clear();
            post(LoggedDecisions.notable, format, effects("INC-*"), pod("nginx", "INC-7\\u202e"));
            assertThat(lines)
                    .singleElement()
                    .asString()
                    .contains("broke-glass", "INC-7\\" + (format == LogFormat.json ? "\\" : "") + "u202e", "fixed-tag");
        }
        for (LoggedDecisions which : List.of(LoggedDecisions.notable, LoggedDecisions.all)) {
            for (LogFormat format : LogFormat.values()) {
                lines.clear();
                post(which, format, effects("swordfish"), pod("nginx", "swordfish"));
                assertThat(lines)
                        .singleElement()
                        .asString()
                        .contains("allowed", "broke-glass", "fixed-tag")
                        .doesNotContain("swordfish");
            }
        }
    }

    @Test
    void groupsAndTicketsAreBounded() {
        String groups = IntStream.range(0, 900)
                .mapToObj(i -> "\"" + i + "x".repeat(2_000) + "\"")
                .collect(Collectors.joining(","));
        String body = pod("nginx", "INC-" + "7".repeat(100_000)).replace("\"sre\"", groups);
        for (LogFormat format : LogFormat.values()) {
            lines.clear();
            post(LoggedDecisions.notable, format, effects("INC-*"), body);
            assertThat(lines)
                    .singleElement()
                    .asString()
                    .hasSizeLessThan(10_000)
                    .contains("broke-glass", "p/fixed-tag", "violates rule");
        }
    }

    /** A policy whose rules have each outcome; the registry of one of them is down. */
    private static ImageGate effects(String... glass) {
        PolicyBuilder policy = Policy.builder("p")
                .rule("fixed-tag", Rules.fixedTag())
                .rule(denying("exempted"))
                .rule(denying("warned").withEnforcement(Enforcement.WARN))
                .rule(denying("audited").withEnforcement(Enforcement.AUDIT))
                .rule(NamedRule.of("there", Rules.exists())
                        .withScope(Scope.ofImages(PatternSet.of("docker.io/down/*")))
                        .withOnUnavailable(Enforcement.WARN))
                .exempt(Exemption.of(List.of("exempted"), "moving", LocalDate.of(9999, 12, 31)));
        for (String value : glass) {
            policy.breakGlass(BreakGlass.of("break", value, GlobSet.of("prod")));
        }
        PolicySet policies = PolicySet.of(policy.build());
        FactSource down = (needs, limit) -> CompletableFuture.completedFuture(needs.keySet().stream()
                .collect(Collectors.toMap(
                        image -> image,
                        image -> ImageFacts.at(Instant.EPOCH)
                                .with(Need.DIGEST, Fact.unavailable("the registry is down")))));
        return ImageGate.of(() -> policies, down);
    }

    private static NamedRule denying(String name) {
        return NamedRule.of(name, Rules.deny("docker.io/" + name + "/*"));
    }

    private static String pod(String images, String ticket) {
        return """
                {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"u-1","operation":"CREATE",
                "kind":{"kind":"Pod"},"namespace":"prod","name":"web","userInfo":{"username":"jane",
                "groups":["sre","\\u202edev"]},"object":{"metadata":{"annotations":{"break":"%s"}},
                "spec":{"containers":[{"image":"%s"}]}}}}""".formatted(ticket, images);
    }

    @Test
    void whatNobodyCouldDecideIsALineAndNotItsBody() {
        review(LoggedDecisions.notable, "\"nginx:1\", \"secret");
        assertThat(lines)
                .singleElement()
                .asString()
                .startsWith("{\"event\":\"denied\",\"protocol\":\"ImageReview\",\"failure\":\"malformed\",\"reason\":");
        assertThat(lines.get(0)).doesNotContain("secret");
    }

    @Test
    void aNameThatHidesItselfIsEscaped() {
        review(LoggedDecisions.notable, "\"nginx\\u202exnign\\u0085\"");
        assertThat(lines).singleElement().asString().contains("\"images\":[\"nginx\\\\u202exnign\\\\u0085\"]");
    }

    @Test
    void aLineIsBoundedWhateverIsAsked() {
        String image = "\"" + "x".repeat(4_000) + "\"";
        review(LoggedDecisions.notable, String.join("},{\"image\":", Collections.nCopies(500, image)));
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
        post(
                LoggedDecisions.all,
                ImageGate.of(() -> policies, source),
                "{\"spec\":{\"containers\":[{\"image\":\"a:1\"}]}}");
        assertThat(lines)
                .singleElement()
                .asString()
                .contains("\"rules\":[],\"lookups\":[{\"image\":\"docker.io/library/a:1\",\"need\":\"digest\","
                        + "\"state\":\"known\",\"detail\":\"" + digest + "\",\"cached\":true}]");
        lines.clear();
        String images =
                IntStream.range(0, 500).mapToObj(i -> "\"a:" + i + "\"").collect(Collectors.joining("},{\"image\":"));
        post(
                LoggedDecisions.all,
                ImageGate.of(() -> policies, source),
                "{\"spec\":{\"containers\":[{\"image\":" + images + "}]}}");
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
                .listener(new DecisionLog(
                        LoggedDecisions.all, LogFormat.json, line -> lines.add(steady(text(line))), name -> false))
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
        post(LoggedDecisions.all, """
                {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"u-1","operation":"CREATE",
                "kind":{"group":"apps","version":"v1","kind":"Deployment"},"namespace":"shop","name":"web",
                "userInfo":{"username":"jane\\u202e"},
                "object":{"kind":"Deployment","apiVersion":"apps/v1"}}}""");
        post(LoggedDecisions.all, """
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
        assertThat(text(
                        LoggedDecisions.notable,
                        "{\"spec\":{\"namespace\":\"shop\",\"containers\":[{\"image\":\"nginx\"}]}}"))
                .matches(
                        "\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z denied shop/- nginx: image \"nginx\" \\(containers\\[0]\\) violates"
                                + " rule \"fixed-tag\": it has no tag, so it means \"latest\"; write a fixed tag");
        String pod = """
                {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"u-1","operation":"CREATE",
                "kind":{"kind":"Pod"},"namespace":"shop","name":"web\\u202e",
                "object":{"spec":{"containers":[{"image":"a:1"},{"image":"b:1"}]}}}}""";
        assertThat(text(LoggedDecisions.all, pod)).endsWith("Z allowed shop/web\\u202e a:1, b:1");
        assertThat(text(LoggedDecisions.notable, pod)).isEmpty();
        assertThat(text(LoggedDecisions.notable, "{\"spec\":"))
                .contains("Z denied -/- -: ")
                .doesNotContain("\n");
    }

    @Test
    void theLastAcceptedSetIsNamed() {
        ImageGate gate = ImageGate.of(PolicySet.of(Policy.byDefault()));
        String review = "{\"spec\":{\"namespace\":\"shop\",\"containers\":[{\"image\":\"nginx\"}]}}";
        post(LoggedDecisions.all, LogFormat.json, gate.withName("kept"), review);
        assertThat(lines).last().asString().contains("\"policySet\":\"kept\",\"policies\":\"last_good\",\"protocol\"");
        post(LoggedDecisions.all, LogFormat.json, gate.withName("other"), review);
        assertThat(lines).last().asString().contains("\"policySet\":\"other\",\"protocol\"");
        post(LoggedDecisions.all, LogFormat.text, gate.withName("kept"), review);
        assertThat(lines).last().asString().contains("Z denied kept last_good shop/- nginx: ");
    }

    @Test
    void aLineOfTextIsBounded() {
        String image = "\"" + "x".repeat(4_000) + "\"";
        String images = String.join("},{\"image\":", Collections.nCopies(500, image));
        assertThat(text(
                        LoggedDecisions.notable,
                        "{\"spec\":{\"namespace\":\"shop\",\"containers\":[{\"image\":" + images + "}]}}"))
                .hasSizeLessThan(10_000)
                .contains(" and 480 more: image ");
    }

    private static String text(LoggedDecisions which, String body) {
        return text(which, ImageGate.of(PolicySet.of(Policy.byDefault())), body);
    }

    private static String text(LoggedDecisions which, ImageGate gate, String body) {
        List<String> written = new ArrayList<>();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        PolicyWebhook.builder(gate)
                .listener(new DecisionLog(which, LogFormat.text, line -> written.add(text(line)), name -> false))
                .build()
                .review("/validate", bytes, bytes.length);
        return String.join("|", written);
    }

    private void review(LoggedDecisions which, String images) {
        post(which, "{\"spec\":{\"namespace\":\"shop\",\"containers\":[{\"image\":" + images + "}]}}");
    }

    private void post(LoggedDecisions which, String body) {
        post(which, ImageGate.of(PolicySet.of(Policy.byDefault())), body);
    }

    private void post(LoggedDecisions which, ImageGate gate, String body) {
        post(which, LogFormat.json, gate, body);
    }

    private void post(LoggedDecisions which, LogFormat format, ImageGate gate, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        PolicyWebhook.builder(gate)
                .listener(new DecisionLog(
                        which,
                        format,
                        line -> lines.add(format == LogFormat.json ? steady(text(line)) : text(line)),
                        "kept"::equals))
                .build()
                .review("/validate", bytes, bytes.length);
    }

    private static String text(byte[] line) {
        return new String(line, StandardCharsets.UTF_8);
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
