package io.imagegate.war;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An unpacked Tomcat as a process of its own, listening with TLS on a free loopback port, with the WAR in it. */
final class RunningTomcat implements AutoCloseable {

    private static final Pattern STARTED =
            Pattern.compile("ProtocolHandler \\[\"https-[^\"]*-auto-\\d+-(\\d+)\"]", Pattern.DOTALL);
    /** A Tomcat that logs nothing for this long hangs. */
    private static final int PATIENCE_SECONDS = 120;

    /** The name of the WAR, and so of its application. */
    private static final String APPLICATION = "imagegate";

    private final Path log;
    private final Process process;
    private final int port;
    private final String application;

    /**
     * Starts it.
     *
     * @param home where the Tomcat was unpacked
     * @param base holds what is its own
     * @param options of its virtual machine
     * @param environment is added to that of this process
     */
    RunningTomcat(Path home, CatalinaBase base, List<String> options, Map<String, String> environment)
            throws IOException, InterruptedException {
        application = APPLICATION;
        log = base.directory().resolve("console.log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                // Each application loads its classes anew, which are not looked at for what javac may have done wrong.
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-BytecodeVerificationRemote",
                // What Tomcat's own start script opens, so that it can look for what an application leaves behind.
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.io=ALL-UNNAMED",
                "--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED",
                "-Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager",
                "-Djava.util.logging.config.file=" + home.resolve("conf/logging.properties"),
                "-Dcatalina.home=" + home,
                "-Dcatalina.base=" + base.directory(),
                "-Djava.io.tmpdir=" + base.directory().resolve("temp"),
                "-cp",
                home.resolve("bin/bootstrap.jar") + ":" + home.resolve("bin/tomcat-juli.jar")));
        command.addAll(options);
        command.addAll(List.of("org.apache.catalina.startup.Bootstrap", "start"));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        process = builder.start();
        port = awaitPort();
    }

    private RunningTomcat(RunningTomcat of, String application) {
        this.log = of.log;
        this.process = of.process;
        this.port = of.port;
        this.application = application;
    }

    /** {@return this Tomcat as clients of another application in it see it} */
    RunningTomcat at(String application) {
        return new RunningTomcat(this, application);
    }

    private int awaitPort() throws IOException, InterruptedException {
        await(() -> !process.isAlive() || log().contains("Server startup in"));
        Matcher started = STARTED.matcher(log());
        if (process.isAlive() && started.find()) {
            return Integer.parseInt(started.group(1));
        }
        close();
        throw new IOException("Tomcat did not start:\n" + log());
    }

    /** What a test waits for. */
    interface Condition {
        boolean isMet() throws IOException;
    }

    /** Waits for as long as the container goes on to log; {@return whether the condition was met} */
    boolean await(Condition condition) throws IOException, InterruptedException {
        int logged = -1;
        long end = 0;
        while (!condition.isMet()) {
            int length = log().length();
            if (length > logged) {
                logged = length;
                end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            } else if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(50);
        }
        return true;
    }

    /** {@return what the container logged so far} */
    String log() throws IOException {
        return Files.readString(log);
    }

    /** {@return the address of the web application, without a slash at the end} */
    URI base() {
        return URI.create("https://127.0.0.1:" + port + "/" + application);
    }

    /** Stops it, and ends it when it hangs. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!await(() -> !process.isAlive())) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException unreadable) {
            process.destroyForcibly();
            throw new UncheckedIOException(unreadable);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
