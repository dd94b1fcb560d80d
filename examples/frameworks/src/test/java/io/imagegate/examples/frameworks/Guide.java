package io.imagegate.examples.frameworks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands in a page for readers to copy.
 *
 * @param files the files by their names
 * @param programs the programs by their classes
 * @param printed what programs print, by their classes
 */
record Guide(Map<String, String> files, Map<String, String> programs, Map<String, String> printed) {

    /** A block of code, and the name of the file before it, if it is one. */
    private static final Pattern BLOCK =
            Pattern.compile("(?ms)(?:`([\\w-]+[./][\\w./-]+)`:\\n\\n)?^```(\\w+)\\n(.*?)^```$");

    private static final Set<String> PROGRAMS = Set.of("java", "kotlin");

    private static final Pattern CLASS = Pattern.compile("public final class (\\w+)");

    static Guide read(Path page) throws IOException {
        Guide guide = new Guide(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
        String program = "";
        for (Matcher block = BLOCK.matcher(Files.readString(page)); block.find(); ) {
            String text = block.group(3);
            if (block.group(1) != null) {
                guide.files.put(block.group(1), text);
            } else if (block.group(2).equals("text")) {
                // Behind a program in another language, which another test runs.
                if (!program.isEmpty()) {
                    guide.printed.put(program, text);
                }
            } else if (PROGRAMS.contains(block.group(2))) {
                Matcher name = CLASS.matcher(text);
                program = name.find() ? name.group(1) : "";
                if (!program.isEmpty()) {
                    guide.programs.put(program, text);
                }
            }
        }
        return guide;
    }
}
