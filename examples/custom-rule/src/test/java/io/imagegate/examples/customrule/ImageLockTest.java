package io.imagegate.examples.customrule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.document.PolicyDocuments;
import io.imagegate.input.ChangedFile;
import io.imagegate.input.Input;
import io.imagegate.input.InputException;
import io.imagegate.input.InputFile;
import io.imagegate.input.InputListener;
import io.imagegate.input.InputObject;
import io.imagegate.manifest.Inputs;
import io.imagegate.policy.ImageGate;
import io.imagegate.policy.PolicySet;
import io.imagegate.reference.ImageReference;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The format is one of those that {@code check} reads when the jar is on the class path. */
class ImageLockTest {

    private final List<InputObject> objects = new ArrayList<>();

    private final InputListener found = new InputListener() {
        @Override
        public void object(InputObject object) {
            objects.add(object);
        }

        @Override
        public void unread(String what, InputException why) {
            throw new AssertionError(why);
        }

        @Override
        public void skipped(String why) {
            throw new AssertionError(why);
        }

        @Override
        public void problem(InputException problem) {
            throw new AssertionError(problem);
        }
    };

    private static Input lock() {
        PolicySet policies = new PolicyDocuments().load(Path.of("policy.yaml"));
        return Inputs.of(policies.workloads()).stream()
                .filter(input -> input.name().equals("image-lock"))
                .findFirst()
                .orElseThrow();
    }

    private static InputFile file(String name, String text) {
        return InputFile.found(Path.of(name), () -> new ByteArrayInputStream(text.getBytes(UTF_8)));
    }

    private void read(String text) throws IOException, InputException {
        try (InputFile file = file("images.lock", text)) {
            lock().read(file, found);
        }
    }

    @Test
    void eachLineIsDecidedOn() throws Exception {
        read("# shop\nweb=registry.example/shop/web:1\n\nold=registry.example/payments/api:1\n");
        PolicySet policies = new PolicyDocuments().load(Path.of("policy.yaml"));
        assertThat(objects)
                .extracting(object -> object.title() + " " + object.line(0) + ":" + object.column(0) + " "
                        + object.decideAsync(ImageGate.of(policies), "shop", Duration.ofSeconds(1))
                                .join()
                                .allowed())
                .containsExactly("image web 2:5 true", "image old 4:5 false");
    }

    @Test
    void itIsRecognisedByItsName() throws IOException {
        try (InputFile hit = file("a/images.lock", "");
                InputFile nearMiss = file("old-images.lock", "")) {
            assertThat(lock().recognises(hit)).isTrue();
            assertThat(lock().recognises(nearMiss)).isFalse();
        }
    }

    @Test
    void imagesAreReplacedWhereTheyStand(@TempDir Path folder) throws Exception {
        Path lock = Files.writeString(folder.resolve("images.lock"), "# é\nweb=nginx:1\nold=nginx:1\n");
        Input input = lock();
        InputFile.Opener opener = () -> Files.newInputStream(lock);
        try (InputFile file = InputFile.named("images.lock", lock, opener).replaceable(opener)) {
            input.read(file, found);
        }
        InputObject web = objects.get(0);
        input.replace(web, web.images().get(0), ImageReference.parse("mirror.example/nginx:1"));
        assertThat(input.changes(refused -> {
                    throw new AssertionError(refused);
                }))
                .singleElement()
                .extracting(ChangedFile::after)
                .isEqualTo("# é\nweb=mirror.example/nginx:1\nold=nginx:1\n");
    }

    @Test
    void aMistakeIsToldWithItsLine() {
        assertThatThrownBy(() -> read("web=a\nb\n")).hasMessage("images.lock:2:1: expected NAME=IMAGE");
        assertThatThrownBy(() -> read("a".repeat(2_000_000)))
                .hasMessage("images.lock:1:1: expected 1048576 bytes at most");
    }
}
