package io.imagegate.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.input.Input;
import io.imagegate.input.InputFactory;
import io.imagegate.input.InputImage;
import io.imagegate.input.InputObject;
import io.imagegate.workload.Workloads;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceConfigurationError;
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
