package io.imagegate.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.console.Playground;
import io.imagegate.console.WebPages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.By;
import org.openqa.selenium.json.Json;

/** Names and messages that would like to be more than text. */
@Tag("full")
class HostileTextIT {

    /** Would run in HTML, in an attribute, in a URL, or in a script. */
    private static final String IMAGE = "<img src=x onerror=window.hacked=1>";

    private static final String BREAK_OUT = "'\"></textarea></script><script>window.hacked=1</script>";
    private static final String LINK = "javascript:window.hacked=1";

    /** Turns the text behind it around; looks like another image. */
    private static final String TURNED = "nginx\u202Etaglatest";

    /** What a text must not become, in no shadow root either. */
    private static final String MADE = """
            const all = root => [...root.querySelectorAll('*')].flatMap(e => e.shadowRoot ? [e, ...all(e.shadowRoot)] : [e]);
            return all(document).filter(e => e.matches('img[src], iframe, object, embed, script:not([src]), [onerror], [onload], [onclick]')
                || /^(javascript|data):/i.test(e.getAttribute('href') ?? '')).map(e => e.outerHTML)
            """;

    /** Tries what only trusted scripts could do, and names what was refused. */
    private static final String ATTEMPTS = """
            const refused = [];
            const attempt = (name, what) => { try { what(); } catch { refused.push(name); } };
            attempt('script', () => {
              const script = document.createElement('script');
              script.textContent = 'window.hacked = 1';
              document.body.append(script);
            });
            attempt('handler', () => document.createElement('img').setAttribute('onerror', 'window.hacked = 1'));
            attempt('markup', () => document.body.insertAdjacentHTML('beforeend', '<b>made of markup</b>'));
            attempt('text', () => setTimeout('window.hacked = 1'));
            attempt('style', () => document.body.setAttribute('style', 'color: red'));
            return refused;
            """;

    private static final Shop SHOP = new Shop("""
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: hostile}
            spec:
              rules:
                - name: fixed-tag
                  description: "%1$s"
                  message: "%1$s {image}"
                  tag: {required: true}
              exceptions:
                - {rules: [fixed-tag], images: [ghcr.io/shop/old], reason: "%1$s", expires: 2099-01-31}
            """.formatted(IMAGE), IMAGE, List.of(BREAK_OUT));

    @RegisterExtension
    static final Pages PAGES = new Pages(() -> WebPages.builder()
            .replica(SHOP.replica())
            .playground(new Playground(root -> {}))
            .build());

    private Browser browser;

    @BeforeEach
    void start() {
        browser = PAGES.browser();
    }

    @AfterEach
    void nothingRan() {
        assertThat(browser.script("return String(window.hacked)")).isEqualTo("undefined");
        assertThat(browser.script(MADE)).isEqualTo(List.of());
        assertThat(browser.complaints().requests()).noneMatch(request -> request.endsWith("/x"));
    }

    @Test
    @DisplayName("on the console every name, message and reason is text")
    void console() {
        SHOP.review(IMAGE, BREAK_OUT, IMAGE + LINK, IMAGE, "ghcr.io/shop/old", LINK, TURNED, "nginx" + BREAK_OUT);
        browser.fresh("/");
        browser.seeText("replica-name", IMAGE);
        browser.seeText("warnings", BREAK_OUT);
        browser.seeText("decision-row", IMAGE);
        browser.click("decision-row");
        browser.seeText("opened", IMAGE);
        assertThat(browser.see("opened").getText()).contains(BREAK_OUT, LINK).doesNotContain("\u202E");
        browser.click("close");
        browser.click("tab-policies");
        browser.seeText("policy-rule", IMAGE);
        browser.seeText("exceptions", IMAGE);
        browser.seeText("policy-set", "/etc/imagegate/" + IMAGE);
        browser.click("tab-trust");
        browser.seeText("certificates", IMAGE);
        browser.seeText("registries", IMAGE);
        browser.seeText("roots", IMAGE);
        browser.click("tab-decisions");
        browser.write("filter-namespace", IMAGE);
        browser.see("decision-row");
        browser.write("filter-rule", BREAK_OUT);
        browser.see("list-empty");
        browser.reload();
        browser.see("list-empty");
    }

    static List<String> fragments() {
        return List.of(
                "#decisions/" + LINK,
                "#decisions/../../playground",
                "#decisions/%00%ff",
                "#decisions?namespace=%3Cimg%20src=x%20onerror=window.hacked=1%3E&outcome=__proto__",
                "#__proto__/constructor?outcome=toString",
                "#" + "a".repeat(100_000));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("fragments")
    @DisplayName("on the console a fragment shows what is there, or nothing")
    void consoleFragments(String fragment) {
        PAGES.expect("404|400");
        browser.fresh("/" + fragment);
        browser.see("replica-name");
        browser.see("view");
    }

    @Test
    @DisplayName("in the playground: what is typed comes back as text, in decisions and in mistakes")
    void playground() {
        browser.fresh("/playground");
        Editor policy = new Editor(browser, "policy");
        Editor asked = new Editor(browser, "asked");
        browser.choose("kind", "manifest");
        asked.set("""
                apiVersion: "%1$s"
                kind: "%1$s"
                metadata: {name: "%1$s", namespace: "%1$s"}
                spec: {containers: [{name: "%1$s", image: "%1$s"}, {name: b, image: "%2$s"}]}
                """.formatted(IMAGE, LINK));
        browser.seeText("result", IMAGE);
        browser.choose("kind", "list");
        asked.set(IMAGE + "\n" + LINK + "\n" + TURNED + "\nnginx" + BREAK_OUT + "\n");
        browser.seeText("result", LINK);
        browser.write("namespace", IMAGE);
        browser.write("at", IMAGE);
        browser.seeText("at-problem", "expected an instant");

        browser.write("at", "");
        policy.set("""
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: hostile}
                spec:
                  "%1$s": 1
                  rules:
                    - {name: "%1$s", link: "%2$s", description: "%1$s", deny: ["%1$s"], "%2$s": 3}
                """.formatted(IMAGE, LINK));
        browser.seeText("policy-problems", IMAGE);
        browser.seeText("policy-problems", LINK);
        policy.pointAt(IMAGE);
        policy.part("cm-tooltip", IMAGE);

        policy.set(Shop.POLICY);
        browser.click(By.cssSelector("[data-test=facts-details] summary"));
        new Editor(browser, "facts").set("\"" + IMAGE + "\": {\"" + IMAGE + "\": 1}");
        browser.seeText("facts-problems", IMAGE);
    }

    @Test
    @DisplayName("what is no page of the web is no link of a rule, whatever a server answers")
    void linkOfARule() {
        browser.fresh("/playground");
        browser.see("decision");
        browser.script("""
                const answer = window.fetch;
                window.fetch = async (...request) => new Response((await (await answer(...request)).text())
                    .replaceAll('https://shop.example/tags', arguments[0]));
                """, LINK);
        new Editor(browser, "policy").set("""
                apiVersion: imagegate.io/v1alpha1
                kind: ImagePolicy
                metadata: {name: hostile}
                spec: {rules: [{name: tags, link: "https://shop.example/tags", tag: {required: true}}]}
                """);
        browser.seeText("result", LINK);
    }

    static List<String> links() throws IOException {
        Json json = new Json();
        String text = IMAGE + "\n" + LINK;
        return List.of(
                "#1.",
                "#1.!!!!",
                "#1.AAAA",
                "#2." + link("{\"policy\": \"x\"}"),
                "#" + IMAGE,
                "#1." + link("[1, 2]"),
                "#1." + link("null"),
                "#1." + link("\"text\""),
                "#1." + link("{\"policy\": 1, \"text\": null, \"kind\": [\"" + LINK + "\"]}"),
                "#1." + link("{\"__proto__\": {\"policy\": \"x\"}, \"constructor\": \"y\", \"toString\": \"z\"}"),
                "#1." + link("[".repeat(100_000)),
                "#1." + link("{\"policy\": \"" + "a".repeat(50_000_000) + "\"}"),
                "#1." + "A".repeat(1_000_000),
                "#1."
                        + link(json.toJson(Map.of(
                                "policy",
                                text,
                                "kind",
                                text,
                                "text",
                                text,
                                "namespace",
                                text,
                                "at",
                                text,
                                "facts",
                                text))));
    }

    private static String link(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, new Deflater(9, true))) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("links")
    @DisplayName("a link of the playground shows its texts, or what a first visitor sees")
    void playgroundLinks(String fragment) {
        browser.fresh("/playground" + fragment);
        browser.await(
                () -> "neither decided nor a mistake",
                () -> Stream.of("decision", "problem")
                        .flatMap(name -> browser.all(name).stream())
                        .findFirst());
        // The page still works.
        new Editor(browser, "asked").set("registry.k8s.io/pause:3.10\n");
        browser.seeText("result", "");
    }

    @Test
    @DisplayName(
            "the policy of content is in force: scripts, handlers, markup, styles and requests of others are refused")
    void policyOfContent() {
        PAGES.expect("Content Security Policy|Trusted");
        browser.fresh("/playground");
        browser.see("decision");
        assertThat(browser.script(ATTEMPTS)).isEqualTo(List.of("script", "handler", "markup", "text"));
        awaitComplaint("inline style violates");
        assertThat(browser.promised("fetch('http://127.0.0.1:1/').then(() => 'sent', () => 'refused')"))
                .isEqualTo("refused");
        awaitComplaint("http://127.0.0.1:1/");
        assertThat(browser.text()).doesNotContain("made of markup");
    }

    /** The log of the browser has a complaint a moment after what it is about. */
    private void awaitComplaint(String part) {
        browser.awaitTrue(
                "no complaint of " + part,
                () -> browser.complaints().all().stream().anyMatch(text -> text.contains(part)));
    }
}
