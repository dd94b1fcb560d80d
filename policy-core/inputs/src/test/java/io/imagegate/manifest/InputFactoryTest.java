package io.imagegate.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.input.Input;
import io.imagegate.input.InputException;
import io.imagegate.input.InputFactory;
import io.imagegate.input.InputFile;
import io.imagegate.input.InputImage;
import io.imagegate.input.InputListener;
import io.imagegate.input.InputObject;
import io.imagegate.workload.Workloads;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Formats of programs. */
class InputFactoryTest {

    @TempDir
    Path folder = Path.of("");

    /** A factory as a jar would have it. */
    public static final class Samples implements InputFactory {

        @Override
        public Input create() {
            return new SampleInput();
        }
    }

    private List<Input> inputs(String factory) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(InputFactory.class.getName()), factory, UTF_8);
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            current.setContextClassLoader(loader);
            return Inputs.of(Workloads.wellKnown());
        } finally {
            current.setContextClassLoader(before);
        }
    }

    @Test
    @DisplayName("are asked first, a new one for each run; one that cannot be loaded is an error")
    void first() throws IOException {
        List<Input> inputs = inputs(Samples.class.getName());
        assertThat(inputs.get(0)).isInstanceOf(SampleInput.class);
        assertThat(inputs).hasSize(Inputs.of(Workloads.wellKnown()).size() + 1);
        assertThat(inputs(Samples.class.getName()).get(0)).isNotSameAs(inputs.get(0));
        assertThatThrownBy(() -> inputs("io.example.Missing")).isInstanceOf(ServiceConfigurationError.class);
    }

    /** One image, in files of a name that no other format has. */
    private record LockFile(String image) implements Input {

        @Override
        public String name() {
            return "image-lock";
        }

        @Override
        public boolean isNamed(Path file) {
            return file.endsWith("images.lock");
        }

        @Override
        public boolean recognises(InputFile file) {
            return file.name().endsWith("images.lock");
        }

        @Override
        public void read(InputFile file, InputListener found) {
            found.object(InputObject.ofImage(file.name(), 1, image));
        }
    }

    @Test
    @DisplayName("that a program gives are asked in their order, a new one for each run")
    void given() throws IOException {
        Files.writeString(folder.resolve("images.lock"), "web\n");
        Files.writeString(folder.resolve("Dockerfile"), "FROM eclipse-temurin:17\n");
        AtomicInteger runs = new AtomicInteger();
        InputFactory first = () -> new LockFile("nginx:" + runs.incrementAndGet());
        InputSettings settings =
                InputSettings.of(Workloads.wellKnown()).withMoreFactories(first, () -> new LockFile("redis"));
        assertThat(images(settings)).containsExactly("eclipse-temurin:17", "nginx:1");
        assertThat(images(settings)).containsExactly("eclipse-temurin:17", "nginx:2");
        InputSettings others = settings.withAsWebhook(true).withRepositories(List.of("https://github.com/acme/a"));
        assertThat(images(others)).containsExactly("eclipse-temurin:17", "nginx:3");
        assertThat(others).asString().contains("repositories=[https://github.com/acme/a], asWebhook=true, factories=[");
        assertThat(images(InputSettings.of(Workloads.wellKnown()))).containsExactly("eclipse-temurin:17");
    }

    private List<String> images(InputSettings settings) throws IOException {
        List<String> images = new ArrayList<>();
        Inputs.read(folder, settings, new InputListener() {
            @Override
            public void object(InputObject object) {
                images.add(object.images().get(0).text());
            }

            @Override
            public void problem(InputException problem) {
                throw new AssertionError(problem);
            }
        });
        return images;
    }

    @Test
    @DisplayName("make objects of images whose places differ")
    void places() {
        InputImage image = InputImage.of("nginx:1", "a", 3, 5);
        InputObject object = InputObject.of("f", 2, "service web", List.of(image.at(7), InputImage.of("b", "b", 4, 1)));
        assertThat(object.images().get(0).place()).isEqualTo("a");
        assertThat(object.title()).isEqualTo("service web");
        assertThat(List.of(object.line(), object.line(0), object.column(0), object.offset(0), object.offset(1)))
                .containsExactly(2, 3, 5, 7, -1);
        assertThat(object.review("shop").namespace()).isEqualTo("shop");
        assertThatThrownBy(() -> InputObject.of("f", 2, "t", List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> InputObject.of("f", 2, "t", List.of(image, image)))
                .hasMessage("expected a place for each image, got a twice");
        assertThatThrownBy(() -> InputImage.of("a", "a", 0, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
