package io.imagegate.junit;

import io.imagegate.document.PolicyDocumentException;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.policytest.PolicyTestResult;
import io.imagegate.policytest.PolicyTests;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.AssertionFailedError;

/**
 * Makes a test of JUnit of each case of policy tests.
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicContainer> policyTests() {
 *     return PolicyTestCases.of("policies/");
 * }
 * }</pre>
 *
 * @since 0.1
 */
public final class PolicyTestCases {

    private PolicyTestCases() {}

    /**
     * Runs the policy tests of a file or folder.
     *
     * @param location name of the file or folder
     * @return for each policy test a container with a test for each case; a test fails with what the case did not expect
     * @throws PolicyDocumentException if anything is wrong with the tests or policies, or there are none
     */
    public static Stream<DynamicContainer> of(String location) {
        return of(new PolicyTests(new PolicyDocuments()), location);
    }

    /**
     * Runs the policy tests of a file or folder.
     *
     * @param tests runs them, with a clock, rules and layouts of its own
     * @param location name of the file or folder
     * @return for each policy test a container with a test for each case; a test fails with what the case did not expect
     * @throws PolicyDocumentException if anything is wrong with the tests or policies, or there are none
     */
    public static Stream<DynamicContainer> of(PolicyTests tests, String location) {
        Map<String, List<PolicyTestResult>> byTest = tests.run(location).stream()
                .collect(Collectors.groupingBy(PolicyTestResult::test, LinkedHashMap::new, Collectors.toList()));
        return byTest.entrySet().stream()
                .map(test -> DynamicContainer.dynamicContainer(
                        test.getKey(), test.getValue().stream().map(PolicyTestCases::test)));
    }

    private static DynamicTest test(PolicyTestResult result) {
        return DynamicTest.dynamicTest(result.testCase(), place(result), () -> {
            if (!result.passed()) {
                throw new AssertionFailedError(
                        result.file() + ":" + result.line() + ": " + String.join("\n", result.failures()));
            }
        });
    }

    /** Where an editor goes: the line of the case. A built-in policy has no file. */
    private static @Nullable URI place(PolicyTestResult result) {
        Path file = Path.of(result.file());
        return Files.exists(file) ? URI.create(file.toUri() + "?line=" + result.line()) : null;
    }
}
