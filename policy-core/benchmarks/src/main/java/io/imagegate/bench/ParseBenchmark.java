package io.imagegate.bench;

import io.imagegate.bench.peer.Peer;
import io.imagegate.reference.ImageReference;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Parses references: Imagegate, loops over the characters, and other parsers. */
@State(Scope.Thread)
@Fork(1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(256)
public class ParseBenchmark {

    private static final short[] CLASSES = new short[128];

    private final String[] references = References.realistic().toArray(String[]::new);
    private final String[] bad = References.bad().toArray(String[]::new);

    /** Looks up the class of each character: the least that a parser with such classes does. */
    @Benchmark
    @Fork(2)
    public void everyCharacter(Blackhole sink) {
        for (String reference : references) {
            int seen = 0;
            for (int i = 0; i < reference.length(); i++) {
                seen |= CLASSES[reference.charAt(i) & 127];
            }
            sink.consume(seen);
        }
    }

    /** Compares each character with two others: less than any parser does. */
    @Benchmark
    @Fork(2)
    public void everyCharacterCompared(Blackhole sink) {
        for (String reference : references) {
            int i = 0;
            while (i < reference.length() && reference.charAt(i) > ' ' && reference.charAt(i) <= '~') {
                i++;
            }
            sink.consume(i);
        }
    }

    @Benchmark
    @Fork(2)
    public void imagegate(Blackhole sink) {
        for (String reference : references) {
            sink.consume(ImageReference.parse(reference));
        }
    }

    /** Every reference has one wrong character. */
    @Benchmark
    @Fork(2)
    public void imagegateRefuses(Blackhole sink) {
        for (String reference : bad) {
            sink.consume(ImageReference.tryParse(reference));
        }
    }

    @Benchmark
    public void jib(Blackhole sink) {
        parse(Peer.JIB, sink);
    }

    @Benchmark
    public void quarkus(Blackhole sink) {
        parse(Peer.QUARKUS, sink);
    }

    @Benchmark
    public void springBoot(Blackhole sink) {
        parse(Peer.SPRING_BOOT, sink);
    }

    @Benchmark
    public void testcontainers(Blackhole sink) {
        parse(Peer.TESTCONTAINERS, sink);
    }

    @Benchmark
    public void oras(Blackhole sink) {
        parse(Peer.ORAS, sink);
    }

    @Benchmark
    public void dockerJava(Blackhole sink) {
        parse(Peer.DOCKER_JAVA, sink);
    }

    @Benchmark
    public void jkube(Blackhole sink) {
        parse(Peer.JKUBE, sink);
    }

    @Benchmark
    public void dockerMavenPlugin(Blackhole sink) {
        parse(Peer.DOCKER_MAVEN_PLUGIN, sink);
    }

    /** Some peers refuse some good references; the time of the exceptions counts. */
    private void parse(Peer peer, Blackhole sink) {
        for (String reference : references) {
            try {
                sink.consume(peer.parse(reference));
            } catch (RuntimeException e) {
                sink.consume(e);
            }
        }
    }
}
