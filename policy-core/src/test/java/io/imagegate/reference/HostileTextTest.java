package io.imagegate.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.FutureTask;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A mebibyte of text, on a stack so small that recursion would overflow it. */
@Timeout(60) // far above what linear time takes, far below what quadratic time would
class HostileTextTest {

    private static final int SIZE = 1 << 20;
    private static final int STACK = 256 << 10;

    static Stream<String> refused() {
        return Stream.of(
                repeated("a/"),
                repeated("a-"),
                repeated("a") + "!",
                repeated(":"),
                repeated("@"),
                repeated("a."),
                repeated("a.") + "/x",
                repeated("-") + "/x",
                repeated("A") + "_/x",
                "x/" + repeated("a__"),
                "gcr.io/" + repeated("a.a/"),
                "nginx:" + repeated("1"),
                "nginx@sha256:" + repeated("0"),
                "nginx@" + repeated("sha256:"),
                "gcr.io:" + repeated("1") + "x/a",
                "[" + repeated(":") + "/a",
                repeated("\u0430"),
                repeated("\ud800"));
    }

    static Stream<String> accepted() {
        return Stream.of(
                repeated("a.") + "com/x",
                repeated("A") + "/x",
                "gcr.io:" + repeated("1") + "/a",
                "[" + repeated(":") + "]/a");
    }

    @ParameterizedTest
    @MethodSource("refused")
    void longTextIsRefused(String text) throws Exception {
        assertThat(onSmallStack(text, HostileTextTest::isReference)).isFalse();
        assertThat(onSmallStack(text, HostileTextTest::isPattern)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void aRegistryHasNoLimitInTheGrammar(String text) throws Exception {
        assertThat(onSmallStack(text, HostileTextTest::isReference)).isTrue();
        assertThat(onSmallStack(text, HostileTextTest::isPattern)).isFalse();
        PatternSet patterns = PatternSet.of(Stream.of("*.com/y", "**/y", "gcr.io/**/b", "*.example.com/**")
                .map(ImagePattern::parse)
                .toList());
        assertThat(onSmallStack(text, any -> patterns.matches(ImageReference.parse(any))))
                .isFalse();
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void globsTakeLongText(String text) throws Exception {
        assertThat(onSmallStack(text, Glob.parse("*".repeat(50) + "!")::matches))
                .isFalse();
        assertThat(onSmallStack(text, Glob.parse("*a*A*1*:*q")::matches)).isFalse();
        assertThat(onSmallStack(text, Glob.parse("*/?")::matches)).isTrue();
    }

    private static boolean isReference(String text) {
        try {
            return ImageReference.parse(text).text().equals(text);
        } catch (ReferenceSyntaxException e) {
            assertThat(e.toString()).hasSizeLessThan(1500);
            return false;
        }
    }

    private static boolean isPattern(String text) {
        try {
            return ImagePattern.parse(text).toString().equals(text);
        } catch (ReferenceSyntaxException e) {
            assertThat(e.toString()).hasSizeLessThan(1500);
            return false;
        }
    }

    private static boolean onSmallStack(String text, Predicate<String> test) throws Exception {
        FutureTask<Boolean> outcome = new FutureTask<>(() -> test.test(text));
        Thread thread = new Thread(null, outcome, "small stack", STACK);
        thread.start();
        return outcome.get();
    }

    private static String repeated(String text) {
        return text.repeat(SIZE / text.length());
    }
}
