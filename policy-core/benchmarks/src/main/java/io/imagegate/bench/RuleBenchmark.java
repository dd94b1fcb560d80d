package io.imagegate.bench;

import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.imagegate.cel.CelRule;
import io.imagegate.reference.ImageReference;
import io.imagegate.review.ImageReview;
import io.imagegate.rule.Candidate;
import io.imagegate.rule.Outcome;
import io.imagegate.rule.Rule;
import io.imagegate.rule.Rules;
import io.imagegate.version.VersionRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** One rule and one image, whose reference is parsed: the two rules on versions, and an expression beside dev.cel alone. */
@State(Scope.Thread)
@Fork(1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(RuleBenchmark.IMAGES)
public class RuleBenchmark {

    static final int IMAGES = 64;

    private static final String RANGE = ">=1.25 <2 || >=2.10";
    private static final String EXPRESSION = "image.registry == 'ghcr.io' && !image.tag.startsWith('v')";

    private final Rule semver = Rules.tagInRange(VersionRange.parse(RANGE));
    private final Rule version = Rules.version(VersionRange.parse(RANGE), true, List.of("", "alpine", "debian-*"));
    private final Rule cel = CelRule.of(EXPRESSION);
    private final CelRuntime.Program bare;
    private final List<Candidate> candidates = new ArrayList<>();
    private final List<Map<String, ?>> values = new ArrayList<>();

    /** Compiles the expression for dev.cel with variables that are maps, as a program does that has no types of its own. */
    public RuleBenchmark() {
        try {
            CelCompiler compiler = CelCompilerFactory.standardCelCompilerBuilder()
                    .addVar("image", MapType.create(SimpleType.STRING, SimpleType.STRING))
                    .setResultType(SimpleType.BOOL)
                    .build();
            bare = CelRuntimeFactory.plannerRuntimeBuilder()
                    .build()
                    .createProgram(compiler.compile(EXPRESSION).getAst());
        } catch (CelValidationException | CelEvaluationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes the images, half of them in the range and a quarter of them allowed by the expression, and checks what the rules say. */
    @Setup
    public void prepare() throws CelEvaluationException {
        for (int i = 0; i < IMAGES; i++) {
            String registry = i % 4 < 2 ? "ghcr.io" : "quay.io";
            String tag =
                    List.of("1.25." + i, "v2.14." + i, "1.9." + i, "v0.7." + i).get(i % 4);
            String image = registry + "/acme/service-" + i + ":" + tag;
            Candidate candidate = Candidate.of(
                    ImageReference.parse(image), ImageReview.of(image).images().get(0), ImageReview.of(image));
            candidates.add(candidate);
            values.add(Map.of("image", Map.of("registry", registry, "repository", "acme/service-" + i, "tag", tag)));
            boolean inRange = i % 4 < 2;
            boolean expected = i % 4 == 0;
            if (satisfies(semver, candidate) != inRange
                    || satisfies(version, candidate) != inRange
                    || satisfies(cel, candidate) != expected
                    || !bare.eval(values.get(i)).equals(expected)) {
                throw new IllegalStateException(image);
            }
        }
    }

    private static boolean satisfies(Rule rule, Candidate image) {
        return rule.check(image).outcome() == Outcome.SATISFIED;
    }

    @Benchmark
    public void semver(Blackhole sink) {
        check(semver, sink);
    }

    @Benchmark
    public void version(Blackhole sink) {
        check(version, sink);
    }

    @Benchmark
    @Fork(2)
    public void cel(Blackhole sink) {
        check(cel, sink);
    }

    private void check(Rule rule, Blackhole sink) {
        for (Candidate candidate : candidates) {
            sink.consume(rule.check(candidate));
        }
    }

    /** Evaluates the expression, whose variables are ready, without limits on its cost and without a finding. */
    @Benchmark
    @Fork(2)
    public void celAlone(Blackhole sink) throws CelEvaluationException {
        for (Map<String, ?> value : values) {
            sink.consume(bare.eval(value));
        }
    }
}
