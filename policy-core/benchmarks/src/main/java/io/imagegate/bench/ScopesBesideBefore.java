package io.imagegate.bench;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs {@link ScopeBenchmark} twice with this version of policy-core, and in between with another one, which knows fewer scopes, and
 * prints their figures side by side.
 */
public final class ScopesBesideBefore {

    private ScopesBesideBefore() {}

    /**
     * Runs and prints.
     *
     * @param arguments the class path of the other version: its classes or jar, and the jars that it needs
     * @throws RunnerException when a benchmark fails
     * @throws IOException when the class path is missing
     */
    public static void main(String[] arguments) throws RunnerException, IOException {
        if (arguments.length != 1) {
            throw new IOException("expected the class path of another version of policy-core");
        }
        Map<String, Double> first = run(".*");
        // Classes of the boot loader hide those of the class path.
        Map<String, Double> before = run("none|namespaces|images", "-Xbootclasspath/a:" + arguments[0]);
        Map<String, Double> second = run(".*");
        System.out.println("\n| rules | scope | ns before | ns | ns again |\n| ---: | --- | ---: | ---: | ---: |");
        first.forEach((name, nanos) -> System.out.println("| " + name + " | " + text(before.get(name)) + " | "
                + text(nanos) + " | " + text(second.get(name)) + " |"));
    }

    private static String text(@Nullable Double nanos) {
        return nanos == null ? "" : String.format("%,.0f", nanos);
    }

    private static Map<String, Double> run(String scopes, String... flags) throws RunnerException {
        System.setProperty("jmh.ignoreLock", "true");
        boolean quick = Boolean.getBoolean("bench.quick");
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(ScopeBenchmark.class.getName() + "\\.decide")
                .jvmArgsPrepend(flags)
                .jvmArgsAppend("-Xms1g", "-Xmx1g")
                .shouldFailOnError(true)
                .forks(quick ? 1 : 2)
                .warmupIterations(quick ? 2 : 3)
                .warmupTime(TimeValue.milliseconds(quick ? 200 : 1_000))
                .measurementIterations(quick ? 2 : 5)
                .measurementTime(TimeValue.milliseconds(quick ? 200 : 1_000));
        if (!scopes.equals(".*")) {
            options.param("scope", scopes.split("\\|"));
        }
        return figures(new Runner(options.build()).run());
    }

    private static Map<String, Double> figures(Collection<RunResult> results) {
        Map<String, Double> figures = new TreeMap<>();
        for (RunResult result : results) {
            String name = "%5s | %s"
                    .formatted(
                            result.getParams().getParam("rules"),
                            result.getParams().getParam("scope"));
            figures.put(name, result.getPrimaryResult().getScore());
        }
        return figures;
    }
}
