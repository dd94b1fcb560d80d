package io.imagegate.manifest;

import io.imagegate.input.InputException;
import io.imagegate.input.InputFile;
import io.imagegate.input.InputImage;
import io.imagegate.input.InputObject;
import io.imagegate.input.edit.FileSyntax;
import io.imagegate.input.text.TextInput;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A new format is one class: the images of {@code services} in files named compose.yaml. */
final class SampleInput extends TextInput {

    @Override
    public String name() {
        return "sample";
    }

    @Override
    public boolean isNamed(Path file) {
        return file.endsWith("compose.yaml");
    }

    @Override
    public boolean recognises(InputFile file) {
        return file.path() != null && isNamed(file.path());
    }

    @Override
    protected void objects(
            String file,
            InputStream content,
            Consumer<InputObject> objects,
            @Nullable Consumer<? super InputException> kindless)
            throws IOException, InputException {
        var cursor = FileSyntax.open(file, new BufferedInputStream(content), FileSyntax.problems(file));
        while (cursor.begin()) {
            cursor.enterObject();
            for (String field = cursor.field(); field != null; field = cursor.field()) {
                if (field.equals("services") && cursor.object(field)) {
                    for (String service = cursor.field(); service != null; service = cursor.field()) {
                        cursor.enterObject();
                        for (String name = cursor.field(); name != null; name = cursor.field()) {
                            if (name.equals("image")) {
                                int line = cursor.line();
                                int column = cursor.column();
                                int offset = cursor.offset();
                                InputImage image = InputImage.of(cursor.text(name), name, line, column)
                                        .at(offset);
                                objects.accept(InputObject.of(file, line, "service " + service, List.of(image)));
                            }
                        }
                    }
                }
            }
        }
    }
}
