package io.imagegate.examples.customrule;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.manifest.Input;
import io.imagegate.manifest.InputFactory;
import io.imagegate.manifest.InputFile;
import io.imagegate.manifest.InputImage;
import io.imagegate.manifest.InputListener;
import io.imagegate.manifest.InputObject;
import io.imagegate.manifest.ManifestException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Adds the format of {@code images.lock}, which names an image in each line: {@code web=registry.example/shop/web:1}. */
public final class ImageLockFactory implements InputFactory {

    /** Made by {@link java.util.ServiceLoader}. */
    public ImageLockFactory() {}

    @Override
    public Input create() {
        return new ImageLock();
    }

    private static final class ImageLock implements Input {

        /** Whoever writes the file may not choose how much memory it needs. */
        private static final int MOST_BYTES = 1 << 20;

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
            return file.path() != null && isNamed(file.path());
        }

        @Override
        public void read(InputFile file, InputListener found) throws IOException, ManifestException {
            byte[] content = file.in().readNBytes(MOST_BYTES + 1);
            if (content.length > MOST_BYTES) {
                throw new ManifestException(file.name(), 1, 1, "expected " + MOST_BYTES + " bytes at most");
            }
            int number = 0;
            for (String line : new String(content, UTF_8).lines().toList()) {
                number++;
                int equals = line.indexOf('=');
                if (equals > 0) {
                    String name = line.substring(0, equals);
                    InputImage image = InputImage.of(line.substring(equals + 1), name, number, equals + 2);
                    found.object(InputObject.of(file.name(), number, "image " + name, List.of(image)));
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    throw new ManifestException(file.name(), number, 1, "expected NAME=IMAGE");
                }
            }
        }
    }
}
