package io.imagegate.policytest;

import io.imagegate.document.PolicyDocumentException;
import io.imagegate.document.PolicyDocuments;
import io.imagegate.document.policy.ReaderSettings;
import io.imagegate.fact.FactSource;
import io.imagegate.policy.PolicySet;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs policy tests. Immutable and thread-safe.
 *
 * <pre>{@code
 * new PolicyTests(new PolicyDocuments()).run("production-test.yaml").forEach(System.out::println);
 * }</pre>
 *
 * @since 0.1
 */
public final class PolicyTests {

    private final PolicyDocuments documents;
    private final @Nullable Function<Path, FactSource> layouts;

    /**
     * Makes a runner.
     *
     * @param documents reads the policies that tests name, with its clock, rules written in Java, warnings and strictness. Cases give the
     *     facts, so the policies may have rules that it refuses for want of a {@link FactSource}
     */
    public PolicyTests(PolicyDocuments documents) {
        this(Objects.requireNonNull(documents, "documents"), null);
    }

    private PolicyTests(PolicyDocuments documents, @Nullable Function<Path, FactSource> layouts) {
        this.documents = documents;
        this.layouts = layouts;
    }

    /**
     * {@return a copy whose tests may take facts from OCI layouts}
     *
     * @param opener opens the layout in a folder, such as {@code ImageLayout::open} of policy-registry; throws {@link
     *     IllegalArgumentException} if there is none
     */
    public PolicyTests withLayouts(Function<Path, FactSource> opener) {
        return new PolicyTests(documents, Objects.requireNonNull(opener, "opener"));
    }

    /**
     * Runs the policy tests of a file, or of all files of a folder, on the policies that they name, or else on those in the
     * same file. The files of a folder are those of {@link PolicyDocuments#load(Path)}; other YAML and JSON than that of Imagegate is
     * skipped.
     *
     * @param location name of the file or folder, or of a {@linkplain PolicyDocuments#builtins() built-in policy} for the tests of that
     * @return the result of each case, in order
     * @throws PolicyDocumentException if anything is wrong with the tests or policies, or there are none
     */
    public List<PolicyTestResult> run(String location) {
        return results(load(location, null));
    }

    /**
     * Runs the policy tests of a file or folder on other policies than those that they name.
     *
     * @param location name of the file or folder, or of a {@linkplain PolicyDocuments#builtins() built-in policy} for the tests of that
     * @param policies the policies to test
     * @return the result of each case, in order
     * @throws PolicyDocumentException if anything is wrong with the tests, or there are none
     */
    public List<PolicyTestResult> run(String location, PolicySet policies) {
        return results(load(location, policies));
    }

    private static List<PolicyTestResult> results(List<PolicyTest> tests) {
        return tests.stream().map(PolicyTestResult::of).flatMap(List::stream).toList();
    }

    List<PolicyTest> load(String location, @Nullable PolicySet policies) {
        ReaderSettings settings = ReaderSettings.of(documents);
        PolicyTestLoading loading = new PolicyTestLoading(settings.extensions(), settings.clock(), policies, layouts);
        List<PolicyTest> tests = loading.location(location);
        if (settings.strict()) {
            loading.mistakes().forEach(loading.problems()::add);
        }
        settings.refusal().accept(loading.problems());
        loading.mistakes().forEach(settings.warnings());
        return tests;
    }
}
