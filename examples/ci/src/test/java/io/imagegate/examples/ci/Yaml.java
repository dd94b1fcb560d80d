package io.imagegate.examples.ci;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Values of files for CI. */
final class Yaml {

    private Yaml() {}

    /** {@return the value that these names lead to, one inside another; a number is a place in a list} */
    static Object value(Path file, Object... names) throws IOException {
        Object value = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
        for (Object name : names) {
            value = Objects.requireNonNull(
                    name instanceof Integer place ? ((List<?>) value).get(place) : ((Map<?, ?>) value).get(name),
                    () -> file + ": " + name);
        }
        return value;
    }
}
