package io.imagegate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Programs that tests write and run. */
public final class WrittenProgram {

    private WrittenProgram() {}

    /**
     * Writes a file that can be run, by another process. The kernel runs no file to which somebody may write, and a process that another test
     * starts while this JVM writes inherits its descriptor for a moment.
     *
     * @param file the program
     * @param text its script
     * @return the file
     */
    public static Path write(Path file, String text) throws IOException, InterruptedException {
        Process writing = new ProcessBuilder("sh", "-c", "cat > \"$0\" && chmod 755 \"$0\"", file.toString())
                .redirectErrorStream(true)
                .start();
        try (OutputStream in = writing.getOutputStream()) {
            in.write(text.getBytes(UTF_8));
        }
        assertThat(writing.waitFor()).as(file.toString()).isZero();
        return file;
    }
}
