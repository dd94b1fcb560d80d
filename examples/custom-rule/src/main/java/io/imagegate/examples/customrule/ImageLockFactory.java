package io.imagegate.examples.customrule;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imagegate.input.Input;
import io.imagegate.input.InputException;
import io.imagegate.input.InputFactory;
import io.imagegate.input.InputFile;
import io.imagegate.input.InputImage;
import io.imagegate.input.InputObject;
import io.imagegate.input.text.TextInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Adds the format of {@code images.lock}, which names an image in each line: {@code web=registry.example/shop/web:1}. */
public final class ImageLockFactory implements InputFactory {

    /** Made by {@link java.util.ServiceLoader}. */
    public ImageLockFactory() {}

    @Override
    public Input create() {
        return new ImageLock();
    }

    /** Its images are written as they are, so they can be replaced, too. */
    private static final class ImageLock extends TextInput {

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
        protected boolean isPlain() {
            return true;
        }

        @Override
        protected void objects(
                String file,
                InputStream content,
                Consumer<InputObject> objects,
                @Nullable Consumer<? super InputException> kindless)
                throws IOException, InputException {
            byte[] bytes = content.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new InputException(file, 1, 1, "expected " + MOST_BYTES + " bytes at most");
            }
            int number = 0;
            int offset = 0;
            for (String line : new String(bytes, UTF_8).split("\n", -1)) {
                number++;
                int equals = line.indexOf('=');
                if (equals > 0) {
                    String name = line.substring(0, equals);
                    InputImage image = InputImage.of(line.substring(equals + 1).strip(), name, number, equals + 2)
                            .at(offset + line.codePointCount(0, equals) + 1);
                    objects.accept(InputObject.of(file, number, "image " + name, List.of(image)));
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    throw new InputException(file, number, 1, "expected NAME=IMAGE");
                }
                offset += line.codePointCount(0, line.length()) + 1;
            }
        }
    }
}
