package io.imagegate.gate;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where the last accepted set of a gate is kept.
 *
 * @param folder the folder
 * @param version of the program; what another one wrote is refused
 */
record LastGoodFolder(Path folder, String version) {

    LastGoodFolder {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(version, "version");
    }
}
