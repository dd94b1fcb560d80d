package io.imagegate.input.bazel;

import io.imagegate.input.InputException;
import io.imagegate.input.InputFile;
import io.imagegate.input.InputObject;
import io.imagegate.input.place.PlainText;
import io.imagegate.input.text.TextInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Files {@code MODULE.bazel} and those that they include: the images of {@code oci.pull} of rules_oci. */
public final class BazelModules extends TextInput {

    private static final String NAME = "MODULE.bazel";

    @Override
    public String name() {
        return "bazel";
    }

    @Override
    public Set<Path> sources(Path file) {
        return Set.of(file);
    }

    @Override
    public boolean isNamed(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.equals(NAME) || name.endsWith("." + NAME);
    }

    @Override
    public boolean recognises(InputFile file) {
        Path path = file.path();
        return path != null && isNamed(path);
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
        new BazelReader(file, PlainText.read(file, content), objects).read();
    }
}
