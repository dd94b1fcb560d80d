package io.imagegate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Writes which tests of this JVM were left out for what {@link Machine} did not find, and why, to a file in {@code target/not-tested}.
 * {@code .mvn/summary.groovy} prints these files at the end of the run.
 */
public final class NotTested implements TestExecutionListener {

    private static final String ASSUMED = "Assumption failed: ";

    private final Path file;

    public NotTested() {
        this(Path.of("target/not-tested", ProcessHandle.current().pid() + ".txt"));
    }

    NotTested(Path file) {
        this.file = file;
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        write(test, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            write(test, result.getThrowable().map(Throwable::getMessage).orElse(""));
        }
    }

    private synchronized void write(TestIdentifier test, String reason) {
        String why = reason.startsWith(ASSUMED) ? reason.substring(ASSUMED.length()) : reason;
        if (!why.startsWith(Machine.NEEDS)) {
            return;
        }
        try {
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(
                    file,
                    name(test) + ": " + why.replaceAll("\\R", " ") + "\n",
                    UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(TestIdentifier test) {
        Optional<TestSource> source = test.getSource();
        String type = source.filter(ClassSource.class::isInstance)
                .map(of -> ((ClassSource) of).getClassName())
                .or(() -> source.filter(MethodSource.class::isInstance).map(of -> ((MethodSource) of).getClassName()))
                .orElse(test.getDisplayName());
        return type.substring(type.lastIndexOf('.') + 1);
    }
}
