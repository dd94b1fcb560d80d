package io.imagegate.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the image starts the server, as its Containerfile and its file of flags say.
 *
 * @param flags the flags of the JVM, without that of the AOT cache
 * @param environment what limits the native memory, and the format of the log
 */
record ImageFlags(List<String> flags, Map<String, String> environment) {

    private static final Pattern VARIABLE = Pattern.compile("((?:MALLOC|IMAGEGATE)_[A-Z_]+)=(\\S+)");

    static ImageFlags read(Path containerfile) throws IOException {
        String text = Files.readString(containerfile);
        List<String> flags = Files.readAllLines(containerfile.resolveSibling("src/runtime/server.flags")).stream()
                .filter(line -> line.startsWith("-X"))
                .toList();
        Map<String, String> environment = VARIABLE.matcher(text)
                .results()
                .collect(Collectors.toMap((MatchResult v) -> v.group(1), v -> v.group(2)));
        return new ImageFlags(flags, environment);
    }
}
