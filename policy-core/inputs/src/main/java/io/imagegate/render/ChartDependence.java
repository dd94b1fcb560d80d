package io.imagegate.render;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** By which words of its templates a chart may print something else in another place or at another time. */
final class ChartDependence {

    private static final Pattern WORD = Pattern.compile(
            "\\.Capabilities\\b|\\.Release\\b(?:\\.(?:IsInstall|IsUpgrade|Name|Namespace|Revision|Service)\\b)?"
                    + "|\\b(?:lookup|now|shuffle|uuidv4|getHostByName|bcrypt|htpasswd"
                    + "|rand(?:AlphaNum|Alpha|Ascii|Numeric|Bytes|Int)"
                    + "|gen(?:CA|SelfSignedCert|SignedCert|PrivateKey)(?:WithKey)?)\\b");

    private static final String BEGIN = "{{";
    private static final String END = "}}";
    private static final int LONGEST = 1 << 20;

    private ChartDependence() {}

    /** {@return the words, those of its subcharts included; a name for packed subcharts, which are not searched} */
    static SortedSet<String> of(Path chart) throws IOException {
        SortedSet<String> words = new TreeSet<>();
        List<Path> files;
        try (Stream<Path> all = Files.walk(chart)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            if (file.resolveSibling("").endsWith("charts") && file.toString().endsWith(".tgz")) {
                words.add("packed subcharts");
            } else {
                search(file, words);
            }
        }
        return words;
    }

    private static void search(Path file, SortedSet<String> words) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(LONGEST), ISO_8859_1);
            int end = 0;
            // Both are looked for once in the text, whatever it has of either.
            for (int begin = text.indexOf(BEGIN); begin >= 0 && end >= 0; begin = text.indexOf(BEGIN, end)) {
                end = text.indexOf(END, begin + BEGIN.length());
                if (end >= 0) {
                    Matcher word = WORD.matcher(text).region(begin, end);
                    word.results().forEach(found -> words.add(found.group()));
                }
            }
        }
    }
}
