package io.imagegate.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.console.Playground;
import io.imagegate.console.WebPages;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.policytest.PolicyTestResult;
import io.imagegate.policytest.PolicyTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** What people do in the playground. */
@Tag("full")
class PlaygroundIT {

    @RegisterExtension
    static final Pages PAGES = new Pages(
            () -> WebPages.builder().playground(new Playground(root -> {})).build());

    private static final String POLICY = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: production}
            spec:
              rules:
                - name: fixed-tag
                  tag: {required: true, deny: [latest]}
                  enforce: {default: deny, warn: [dev-*]}
              exceptions:
                - {rules: [fixed-tag], images: [ghcr.io/shop/old], reason: moves, expires: 2027-01-31}
            """;

    private Browser browser;
    private Editor policy;
    private Editor asked;

    @BeforeEach
    void open() {
        browser = PAGES.browser();
        browser.fresh("/playground");
        policy = new Editor(browser, "policy");
        asked = new Editor(browser, "asked");
        browser.see("decision");
    }

    private void ask(String policyText, String kind, String askedText) {
        browser.choose("kind", kind);
        policy.set(policyText);
        asked.set(askedText);
    }

    private void seeOutcome(String outcome) {
        browser.see(By.cssSelector("[data-test=decision][data-outcome=" + outcome + "]"));
    }

    @Test
    @DisplayName("a mistake is underlined as one types, says what was meant, and is mended by a click")
    void mistake() {
        ask(POLICY, "list", "nginx");
        seeOutcome("denied");
        policy.behind("fixed-tag");
        browser.press(Keys.ENTER, "tga: {required: true}");
        policy.part("cm-lintRange-error", "tga");
        browser.seeText("policy-problems", "did you mean tag?");
        assertThat(browser.see("problem-place").getText()).isEqualTo("7:7");
        browser.awaitTrue(
                "a decision beside a mistake", () -> browser.all("decision").isEmpty());

        browser.click("problem-mend");
        policy.seeText("      tag: {required: true}\n");
        browser.seeText("policy-problems", "tag");
        policy.set(POLICY);
        seeOutcome("denied");
        browser.awaitTrue(
                "still underlined", () -> policy.parts("cm-lintRange-error").isEmpty());
        browser.awaitTrue(
                "still a problem", () -> browser.all("policy-problems").isEmpty());
    }

    @Test
    @DisplayName("F8 leads to the next mistake, and its tooltip mends it, too")
    void tooltip() {
        ask(POLICY.replace("required", "requird").replace("reason", "raeson"), "list", "nginx");
        policy.part("cm-lintRange-error", "requird");
        policy.part("cm-lintRange-error", "raeson");
        policy.behind("apiVersion");
        // It is selected, so that what is typed replaces it.
        browser.press(Keys.F8, "required");
        policy.seeText("{required: true");
        browser.press(Keys.ESCAPE);
        policy.pointAt("raeson");
        policy.part("cm-diagnosticAction", "reason").click();
        policy.seeText("reason: moves");
        seeOutcome("denied");
        browser.awaitTrue(
                "still underlined", () -> policy.parts("cm-lintRange-error").isEmpty());
    }

    @Test
    @DisplayName("a mistake behind letters of two code units is underlined at its place")
    void columns() {
        ask(POLICY.replace("reason: moves, ", "reason: \"\uD83D\uDE80\uD83D\uDE80\", expirse: 1, "), "list", "nginx");
        assertThat(policy.part("cm-lintRange-error").getDomProperty("textContent"))
                .isEqualTo("expirse");
    }

    @Test
    @DisplayName("completion proposes what the schema has at a place, and pointing at a key says what it means")
    void completion() {
        ask(POLICY, "list", "nginx");
        policy.behind("fixed-tag");
        browser.press(Keys.ENTER, "desc");
        // The list is drawn anew for each character.
        browser.awaitTrue(
                "other fields are proposed",
                () -> !policy.part("cm-tooltip-autocomplete", "description")
                        .getText()
                        .contains("exceptions"));
        browser.awaitTrue("nothing is picked", () -> {
            policy.part("cm-tooltip-autocomplete", "description")
                    .findElement(By.cssSelector("li[aria-selected]"))
                    .click();
            return true;
        });
        browser.press("a tag");
        policy.seeText("      description: a tag\n");
        seeOutcome("denied");

        policy.pointAt("enforce");
        policy.part("cm-tooltip-hover", "violation");
    }

    @Test
    @DisplayName("Enter behind the only value that is proposed is a new line, and behind a part of it completes it")
    void enter() {
        ask(POLICY, "list", "nginx");
        policy.behind("fixed-tag");
        browser.press(Keys.ENTER, "severity: medium");
        assertThat(policy.part("cm-tooltip-autocomplete", "medium").findElements(By.cssSelector("li")))
                .hasSize(1);
        awaitKeys();
        browser.press(Keys.ENTER, "enforce: aud");
        policy.part("cm-tooltip-autocomplete", "audit");
        awaitKeys();
        browser.press(Keys.ENTER);
        policy.seeText("      severity: medium\n      enforce: audit\n");
    }

    /** Keys that come within 75 ms of a list are not meant for it. */
    private void awaitKeys() {
        browser.promised("new Promise(resolve => setTimeout(resolve, 200))");
    }

    @Test
    @DisplayName("on a phone it starts at the top")
    void phone() {
        browser.screen(390, 844);
        browser.open("/playground");
        browser.see("decision");
        assertThat(browser.script("return [scrollX, scrollY].join(' ')")).isEqualTo("0 0");
        assertThat(browser.script("return document.documentElement.scrollHeight > 2 * innerHeight"))
                .isEqualTo(true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "list | nginx | docker.io | library/nginx | latest",
                "manifest | {\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"spec\": {\"containers\": [{\"image\": \"ghcr.io/shop/web\"}]}}"
                        + " | ghcr.io | shop/web | latest",
                "image-review | {\"apiVersion\": \"imagepolicy.k8s.io/v1alpha1\", \"kind\": \"ImageReview\","
                        + " \"spec\": {\"containers\": [{\"image\": \"quay.io/a/b:latest\"}]}} | quay.io | a/b | latest",
                "dockerfile | FROM localhost:5000/base | localhost:5000 | base | latest",
            })
    @DisplayName("what is asked is taken apart and decided")
    void inputs(String kind, String text, String registry, String repository, String tag) {
        ask(POLICY, kind, text);
        seeOutcome("denied");
        browser.seeText("part-registry", registry);
        browser.seeText("part-repository", repository.substring(repository.lastIndexOf('/') + 1));
        browser.seeText("part-tag", tag);
        browser.seeText("rule", "fixed-tag");
        browser.seeText("kubectl", "Error from server (Forbidden)");
    }

    @Test
    @DisplayName("each kind of what can be asked has a sample, which is decided")
    void samples() {
        for (String kind : browser.values("kind")) {
            browser.choose("kind", kind);
            if (asked.text().isEmpty()) {
                // A format of the library for which the page has no sample.
                continue;
            }
            browser.awaitTrue(
                    "no decision on the sample of " + kind,
                    () -> !browser.all("decision").isEmpty()
                            && browser.all("asked-problems").isEmpty()
                            && browser.all("unread").isEmpty());
        }
    }

    @Test
    @DisplayName("namespace, instant and facts change the decision, and a wrong one is told beside its field")
    void circumstances() {
        ask(POLICY, "list", "nginx");
        seeOutcome("denied");
        browser.write("namespace", "dev-7");
        seeOutcome("warned");
        browser.seeText("warnings", "fixed-tag");
        browser.write("namespace", "prod");
        seeOutcome("denied");

        asked.set("ghcr.io/shop/old");
        browser.write("at", "2027-01-31T12:00:00Z");
        seeOutcome("allowed");
        browser.seeText("exception", "moves");
        browser.write("at", "2027-02-01T12:00:00Z");
        seeOutcome("denied");
        browser.write("at", "tomorrow");
        browser.awaitTrue(
                "no problem of the instant", () -> !browser.text("at-problem").isEmpty());

        browser.write("at", "2026-11-25T12:00:00Z");
        policy.set(POLICY.replaceAll("tag: \\{.*", "image: {maxAge: 180d}").replaceAll("(?s)  exceptions.*", ""));
        seeOutcome("denied");
        browser.click(By.cssSelector("[data-test=facts-details] summary"));
        new Editor(browser, "facts")
                .set("\"ghcr.io/shop/old\": {created: 2026-11-01T00:00:00Z, platforms: [linux/amd64]}");
        seeOutcome("allowed");
    }

    @Test
    @DisplayName("the copied policy test passes, and fails with another policy")
    void policyTest(@TempDir Path folder) throws IOException {
        ask(POLICY, "list", "nginx\nghcr.io/shop/old\nnginx:1.29");
        // Not today, of which the decision before speaks.
        browser.write("at", "2001-02-03T00:00:00Z");
        browser.seeText("verdict", "Feb 3, 2001");
        browser.awaitTrue("no test to copy", () -> browser.see("copy-test").isEnabled());
        browser.click("copy-test");
        browser.awaitTrue("nothing copied", () -> browser.clipboard().contains("kind: ImagePolicyTest"));

        Path test = Files.writeString(folder.resolve("test.yaml"), browser.clipboard());
        Path file = Files.writeString(folder.resolve("production.yaml"), POLICY);
        assertThat(run(test)).isNotEmpty().allMatch(PolicyTestResult::passed);
        Files.writeString(file, POLICY.replace("deny: [latest]", "deny: ['1.29']"));
        assertThat(run(test)).anyMatch(result -> !result.passed());
    }

    private static List<PolicyTestResult> run(Path test) {
        return new PolicyTests(new PolicyDocuments()).run(test.toString());
    }

    @Test
    @DisplayName("the policy is saved as a file with its name")
    void save(@TempDir Path folder) {
        browser.cdp(
                "Browser.setDownloadBehavior",
                Map.of(
                        "behavior",
                        "allow",
                        "downloadPath",
                        folder.toAbsolutePath().toString()));
        ask(POLICY, "list", "nginx");
        seeOutcome("denied");
        browser.click("save");
        Path saved = folder.resolve("production.yaml");
        // The browser makes the file empty before it has what it writes.
        browser.awaitTrue("nothing saved", () -> saved.toFile().length() > 0);
        assertThat(saved).content().isEqualTo(POLICY);
    }

    @Test
    @DisplayName("a link has everything in its fragment, which no server sees")
    void link() {
        ask(POLICY, "dockerfile", "FROM ghcr.io/shop/old\n");
        browser.write("namespace", "dev-7");
        browser.write("at", "2027-01-01T00:00:00Z");
        browser.click(By.cssSelector("[data-test=facts-details] summary"));
        new Editor(browser, "facts").set("\"ghcr.io/shop/old\": {unavailable: true}");
        browser.click("copy-link");
        browser.awaitTrue("no link copied", () -> browser.clipboard().contains("/playground#1."));

        browser.openInNewTab(browser.clipboard());
        seeOutcome("allowed");
        assertThat(policy.text()).isEqualTo(POLICY);
        assertThat(asked.text()).isEqualTo("FROM ghcr.io/shop/old\n");
        assertThat(new Editor(browser, "facts").text()).isEqualTo("\"ghcr.io/shop/old\": {unavailable: true}");
        assertThat(browser.see("kind").getDomProperty("value")).isEqualTo("dockerfile");
        assertThat(browser.see("namespace").getDomProperty("value")).isEqualTo("dev-7");
        assertThat(browser.see("at").getDomProperty("value")).isEqualTo("2027-01-01T00:00:00Z");
        assertThat(browser.complaints().requests()).noneMatch(request -> request.contains("#1."));
    }

    @Test
    @DisplayName("an example is found and shown with its cases, and so is a built-in policy")
    void examples() {
        browser.click("examples");
        browser.awaitTrue("too few examples", () -> browser.all("example").size() >= 60);
        browser.see("examples-search").sendKeys("latest");
        browser.awaitTrue("not searched", () -> browser.all("example").size() < 40);
        browser.click("example");
        browser.see("case");
        for (String one : browser.values("case")) {
            browser.choose("case", one);
            browser.see("decision");
            assertThat(browser.all("policy-problems")).isEmpty();
        }
        browser.click("examples");
        browser.write("examples-search", "no such thing as this");
        browser.awaitTrue(
                "found what is not there", () -> browser.all("example").isEmpty());
        // The first empties the field.
        browser.press(Keys.ESCAPE, Keys.ESCAPE);
        browser.awaitTrue("not closed", () -> browser.all("examples-dialog").isEmpty());
    }

    @Test
    @DisplayName("language and colours are switched, and remembered")
    void settings() {
        browser.click("language");
        browser.awaitTrue("not Chinese", () -> browser.text().contains("策略"));
        browser.click("theme");
        browser.awaitTrue(
                "not dark",
                () -> browser.script("return document.documentElement.dataset.theme")
                        .equals("dark"));
        browser.reload();
        browser.see("decision");
        assertThat(browser.script("return document.documentElement.lang")).isEqualTo("zh-CN");
        assertThat(browser.script("return document.documentElement.dataset.theme"))
                .isEqualTo("dark");
        assertThat(browser.script("return getComputedStyle(document.documentElement).colorScheme"))
                .isEqualTo("dark");
        browser.click("language");
        browser.awaitTrue("not English", () -> browser.text().contains("Policy"));
    }

    @Test
    @DisplayName("without a choice, language and colours are those of the browser")
    void preferences() {
        browser.languages("fr,zh-CN,en");
        browser.prefer(Browser.Scheme.DARK);
        browser.reload();
        browser.see("decision");
        assertThat(browser.script("return document.documentElement.lang")).isEqualTo("zh-CN");
        assertThat(browser.script("return getComputedStyle(document.documentElement).colorScheme"))
                .isEqualTo("dark");
    }

    @Test
    @DisplayName("while the server is gone, the page says so, and asks again")
    void offline() throws IOException {
        PAGES.expect("ERR_CONNECTION_REFUSED");
        PAGES.server().stop();
        try {
            browser.write("namespace", "gone");
            browser.see("error");
        } finally {
            PAGES.server().startAgain();
        }
        browser.click("retry");
        browser.see("decision");
        browser.awaitTrue("still an error", () -> browser.all("error").isEmpty());
    }
}
