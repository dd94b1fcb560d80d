package io.imagegate.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.manifest.Input;
import io.imagegate.manifest.InputFile;
import io.imagegate.manifest.InputListener;
import io.imagegate.manifest.InputObject;
import io.imagegate.manifest.Inputs;
import io.imagegate.manifest.ManifestException;
import io.imagegate.workload.Workloads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads hostile files of a format: it reads or refuses them, and everything that it finds or refuses has its place. */
final class FuzzedInput {

    private FuzzedInput() {}

    /** {@return what was found before an error or the end} */
    static List<InputObject> read(String format, byte[] data) throws IOException {
        Input input = Inputs.of(Workloads.wellKnown(), unread -> {}).stream()
                .filter(each -> each.name().equals(format))
                .findFirst()
                .orElseThrow();
        List<InputObject> objects = new ArrayList<>();
        try {
            input.read(InputFile.stream("f", () -> new ByteArrayInputStream(data)), new Found(objects));
        } catch (ManifestException e) {
            assertThat(e.line()).isBetween(0, data.length + 1);
            assertThat(e.column()).isBetween(0, data.length + 1);
            assertThat(e.problem()).hasSizeLessThan(4000).matches("[ -~]*");
        }
        for (InputObject object : objects) {
            assertThat(object.line()).isBetween(1, data.length + 1);
            for (int i = 0; i < object.images().size(); i++) {
                assertThat(object.line(i)).isBetween(1, data.length + 1);
                assertThat(object.column(i)).isBetween(1, data.length + 1);
                assertThat(object.offset(i)).isBetween(-1, data.length);
            }
        }
        return objects;
    }

    private record Found(List<InputObject> objects) implements InputListener {

        @Override
        public void object(InputObject object) {
            objects.add(object);
        }

        @Override
        public void unread(String what, String why) {}

        @Override
        public void skipped(String why) {}

        @Override
        public void problem(String problem) {}
    }
}
