package io.imagegate.cli.option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The folder of a volume with the files of a ConfigMap or Secret. */
public final class VolumeFolder {

    /** The kubelet keeps links and folders of its own there, such as {@code ..data}. */
    private static final String OF_KUBELET = "..";

    private VolumeFolder() {}

    /**
     * {@return whether there is no file, because the object of the volume does not exist; a file is not empty}
     *
     * @throws CommandProblem when the folder cannot be read
     */
    public static boolean isEmpty(Path folder) {
        if (!Files.isDirectory(folder)) {
            return !Files.exists(folder);
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .allMatch(name -> name.startsWith(OF_KUBELET));
        } catch (IOException unreadable) {
            throw new CommandProblem(folder + ": expected a folder that can be read");
        }
    }
}
