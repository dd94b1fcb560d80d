package io.imagegate.input.place;

import java.nio.file.Path;

/** Names by which messages call files. They begin as the user wrote the argument, also where it is {@code ./deploy}. */
public final class FileNames {

    private FileNames() {}

    /**
     * {@return the name of a file that another one names}
     *
     * @param from the name of the other file
     * @param name what it names, from its folder
     */
    public static String beside(String from, String name) {
        Path path = Path.of(name);
        if (path.isAbsolute()) {
            return path.normalize().toString();
        }
        Path folder = Path.of(from).resolveSibling("");
        for (Path part : path) {
            folder = isName(part) ? folder.resolve(part) : part.toString().equals("..") ? above(folder) : folder;
        }
        return folder.toString();
    }

    private static Path above(Path folder) {
        return isName(folder.getFileName()) ? folder.resolveSibling("") : folder.resolve("..");
    }

    private static boolean isName(Path part) {
        String name = String.valueOf(part);
        return !name.isEmpty() && !name.equals(".") && !name.equals("..");
    }
}
