package io.imagegate.laws;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.Recorded;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.policy.PolicySet;
import io.imagegate.text.SafeText;
import io.imagegate.webhook.PolicyWebhook;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;

/** Prints many decisions, in ASCII, for a comparison with those of a JVM that was started otherwise. */
final class Ledger {

    private static final String POLICY = """
            apiVersion: imagegate.io/v1alpha1
            kind: ImagePolicy
            metadata: {name: p}
            spec:
              %s
              rules:
                - name: fixed-tag
                  tag: {required: true, deny: [latest, "*-IIII"], semver: ">=1.0 <4"}
                - {name: ours, enforce: warn, allow: [docker.io/library/*, "GHCR.IO/acme/**", "*.i.example/**"]}
                - {name: digest, enforce: audit, digest: {required: true}}
                - {name: own, deny: [quay.io/**], message: "检查镜像失败! {image} ı"}
              exceptions:
                - {rules: [fixed-tag], images: [ghcr.io/acme/*], reason: "迁移 ı", expires: 2026-11-24}
            """;
    private static final List<String> IMAGES = List.of(
            "nginx",
            "nginx:1.17.1",
            "Nginx",
            "INDEX.docker.io/library/nginx:1",
            "I.example/a:2.0.0",
            "a.I.EXAMPLE/b:2.0.0",
            "quay.io/I",
            "ghcr.io/acme/x:latest",
            "x:1-IIII",
            "x:1-iiii",
            "x:\u0661.0",
            "x:1.0.\u0663",
            "\u0130mage",
            "\u0131mage",
            "镜像:1",
            "a b",
            "",
            "a\ud83d",
            "GHCR.IO/acme/i:3.9.9@sha256:" + "0".repeat(64),
            "host:0443/i:1.0.0",
            "x:1\u066b2");

    private Ledger() {}

    /** Decisions at a moment that is two days at once, of all images and recorded bodies, in both languages. */
    static List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        Path file = Files.createTempFile("ledger", ".yaml");
        try {
            for (String language : List.of("locale: en", "locale: zh-CN")) {
                Files.write(file, POLICY.formatted(language).getBytes(UTF_8));
                for (String time : List.of("2026-11-24T23:59:59Z", "2026-11-25T00:00:00Z")) {
                    lines.addAll(lines(file, InstantSource.fixed(Instant.parse(time))));
                }
            }
        } finally {
            Files.delete(file);
        }
        return lines;
    }

    private static List<String> lines(Path file, InstantSource clock) {
        PolicySet policies =
                new PolicyDocuments().withFactories(List.of()).withClock(clock).load(file);
        PolicyWebhook webhook = PolicyWebhook.of(() -> policies);
        List<String> bodies = new ArrayList<>(Recorded.all());
        IMAGES.forEach(image -> bodies.add(
                Questions.imageReview(new Questions.Namespace("default"), List.of(new Questions.Image(image)))));
        return bodies.stream()
                .map(body -> body.getBytes(UTF_8))
                .map(body -> SafeText.escape(new String(
                        webhook.review("/validate", body, body.length).body(), UTF_8)))
                .toList();
    }

    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, US_ASCII);
        lines().forEach(out::println);
        out.println(Charset.defaultCharset() + " " + TimeZone.getDefault().getID() + " "
                + Locale.getDefault().getLanguage());
    }
}
