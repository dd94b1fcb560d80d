package io.imagegate.render;

import io.imagegate.input.InputException;
import io.imagegate.input.InputFile;
import io.imagegate.input.InputListener;
import io.imagegate.input.InputObject;
import io.imagegate.input.kubernetes.Manifests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads what a tool printed. */
final class RenderedObjects {

    private RenderedObjects() {}

    /**
     * {@return the objects}
     *
     * @param file the file of the chart or kustomization, as the user names it
     * @param source the file that an object was made of; empty if it is not known
     * @throws InputException if the output cannot be read; its place is one in the output
     */
    static List<InputObject> read(
            Manifests manifests, Confinement.Output output, String file, Function<InputObject, String> source)
            throws IOException, InputException {
        List<InputObject> objects = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        InputFile printed = InputFile.stream(file + " as rendered", output::text);
        manifests.read(printed, new InputListener() {
            @Override
            public void object(InputObject object) {
                objects.add(new RenderedObject(object, file, source.apply(object)));
            }

            @Override
            public void problem(InputException problem) {
                problems.add(String.valueOf(problem.getMessage()));
            }
        });
        if (!problems.isEmpty()) {
            throw new IOException(String.join("; ", problems));
        }
        return objects;
    }
}
