package io.imagegate.cli.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.policy.Decision;
import io.imagegate.policy.Enforcement;
import io.imagegate.policy.NamedRule;
import io.imagegate.policy.Policy;
import io.imagegate.rule.Rules;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeVerdictTest {

    private static final PulledImage IMAGE = PulledImage.of("ghcr.io/acme/api:latest", "sha256:" + "a".repeat(64));

    private static NodeVerdict verdict(Enforcement enforcement) {
        Decision decision = Policy.builder("p")
                .rule(NamedRule.of("fixed-tag", Rules.fixedTag()).withEnforcement(enforcement))
                .build()
                .decide(IMAGE.review());
        return NodeVerdict.of(IMAGE, decision);
    }

    @Test
    void aDenialHasTheReasonAndAnAllowanceWhatWasFound() {
        assertThat(verdict(Enforcement.DENY).allowed()).isFalse();
        assertThat(verdict(Enforcement.DENY).line())
                .startsWith("image \"" + IMAGE + "\" (node) violates rule \"fixed-tag\": ");
        assertThat(verdict(Enforcement.WARN).allowed()).isTrue();
        assertThat(verdict(Enforcement.WARN).line()).startsWith("allowed " + IMAGE + "; warned: image ");
        assertThat(verdict(Enforcement.AUDIT).line()).startsWith("allowed " + IMAGE + "; audited: image ");
    }

    @Test
    void severalLinesBecomeOne() {
        assertThat(NodeVerdict.refused("p.yaml:1:2: one\r\n  p.yaml:3:4: two\u2028three\n\n")
                        .line())
                .isEqualTo("p.yaml:1:2: one; p.yaml:3:4: two\\u2028three");
        assertThat(NodeVerdict.refused("\u001b[2J检查镜像失败!").line()).isEqualTo("\\u001b[2J检查镜像失败!");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "é", "镜", "😀", "\u0007"})
    void aLongLineIsCutBetweenCharacters(String character) {
        for (int shift = 0; shift < 4; shift++) {
            String line = NodeVerdict.refused("x".repeat(shift) + character.repeat(20_000))
                    .line();

            assertThat(line.getBytes(UTF_8).length).isBetween(NodeVerdict.LIMIT - 10, NodeVerdict.LIMIT);
            assertThat(line).endsWith("... (cut)").doesNotContain("\ufffd");
        }
        String whole = "x".repeat(NodeVerdict.LIMIT);
        assertThat(NodeVerdict.refused(whole).line()).isEqualTo(whole);
    }

    @Test
    void whateverFailsIsARefusal() {
        assertThat(VerdictDeadline.within(Duration.ofMinutes(1), () -> new NodeVerdict(true, "allowed")))
                .isEqualTo(new NodeVerdict(true, "allowed"));
        assertThat(VerdictDeadline.within(Duration.ofMinutes(1), () -> {
                    throw new IllegalArgumentException("p.yaml: what is wrong");
                }))
                .isEqualTo(new NodeVerdict(false, "p.yaml: what is wrong"));
        assertThat(VerdictDeadline.within(Duration.ofMinutes(1), () -> {
                    throw new StackOverflowError();
                }))
                .isEqualTo(new NodeVerdict(false, "this is an error in imagegate: java.lang.StackOverflowError"));
    }

    @Test
    void whatIsLateIsARefusal() {
        CountDownLatch never = new CountDownLatch(1);

        NodeVerdict verdict = VerdictDeadline.within(Duration.ofMillis(20), () -> {
            never.await();
            return new NodeVerdict(true, "too late");
        });

        never.countDown();
        assertThat(verdict.allowed()).isFalse();
        assertThat(verdict.line()).startsWith("no decision in time");
    }

    @Test
    void anExitStatusIsZeroOrOne() {
        assertThat(FailClosed.run(() -> 0)).isZero();
        assertThat(FailClosed.run(() -> 1)).isEqualTo(1);
        assertThat(FailClosed.run(() -> 2)).isEqualTo(1);
        assertThat(FailClosed.run(() -> 70)).isEqualTo(1);
    }
}
