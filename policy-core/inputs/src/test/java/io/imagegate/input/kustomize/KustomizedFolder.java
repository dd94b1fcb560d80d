package io.imagegate.input.kustomize;

import io.imagegate.input.FoundObjects;
import io.imagegate.input.InputException;
import io.imagegate.input.InputListener;
import io.imagegate.input.InputObject;
import io.imagegate.manifest.Inputs;
import io.imagegate.workload.Workloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** A folder with a kustomization, and what is read of it. */
abstract class KustomizedFolder {

    @TempDir
    Path folder;

    final FoundObjects found = new FoundObjects();
    final List<String> problems = new ArrayList<>();

    void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** {@return the images of the folder now} */
    List<String> read() throws IOException {
        found.objects.clear();
        problems.clear();
        Inputs.read(folder, Workloads.wellKnown(), new InputListener() {
            @Override
            public void object(InputObject object) {
                found.object(object);
            }

            @Override
            public void problem(InputException problem) {
                problems.add(problem.getMessage());
            }
        });
        return found.images();
    }
}
