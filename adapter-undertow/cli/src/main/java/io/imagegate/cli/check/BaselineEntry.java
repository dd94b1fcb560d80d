package io.imagegate.cli.check;

import io.imagegate.cli.check.report.FileUri;
import io.imagegate.cli.check.report.Result;
import io.imagegate.text.ShownText;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A finding as a baseline knows it: without the line, which other changes of the file move. Immutable.
 *
 * @param policy the policy; empty for what is not judged
 * @param rule the rule, or the code of a requirement
 * @param file the path of its file, empty for an argument; null for any file, in baselines of earlier versions
 * @param object kind, namespace and name of the object, or what is not judged; empty for an image without one
 * @param container name of the container, or the path of an image outside of containers; empty if there is none
 * @param image the image as it was typed, or the name of what is not judged; empty when the whole object is at fault
 */
record BaselineEntry(String policy, String rule, @Nullable String file, String object, String container, String image)
        implements Comparable<BaselineEntry> {

    private static final String NOT_JUDGED = "not-judged";

    /** Lines move. */
    private static final Pattern PLACED = Pattern.compile("(.*?):[0-9]+: (.*)", Pattern.DOTALL);

    /** The value that baselines of earlier versions lack. */
    static final String FILE = "file";

    /** Names of the values in a file, in their order there. */
    static final List<String> NAMES = List.of("policy", "rule", FILE, "object", "container", "image");

    private static final Comparator<BaselineEntry> ORDER = Comparator.comparing(BaselineEntry::shownFile)
            .thenComparing(BaselineEntry::object)
            .thenComparing(BaselineEntry::container)
            .thenComparing(BaselineEntry::image)
            .thenComparing(BaselineEntry::policy)
            .thenComparing(BaselineEntry::rule);

    static BaselineEntry of(Result result) {
        return new BaselineEntry(
                result.violation().policy(),
                result.violation().rule(),
                file(result.subject().file()),
                result.subject().object(),
                result.container(),
                result.typed());
    }

    /**
     * {@return what is not judged, and no finding: it has no policy}
     *
     * @param what what it is, such as {@code included resource}
     * @param where its file, perhaps with line and name
     */
    static BaselineEntry notJudged(String what, String where) {
        Matcher placed = PLACED.matcher(where);
        boolean hasName = placed.matches();
        return new BaselineEntry(
                "", NOT_JUDGED, file(hasName ? placed.group(1) : where), what, "", hasName ? placed.group(2) : "");
    }

    /** {@return the path by which a baseline knows a file} */
    static String file(String name) {
        return name.isEmpty() ? "" : FileUri.path(name);
    }

    /** {@return the same in any file} */
    BaselineEntry inAnyFile() {
        return new BaselineEntry(policy, rule, null, object, container, image);
    }

    private String shownFile() {
        return file == null ? "" : file;
    }

    /** {@return the values, in the order of their names} */
    List<String> values() {
        return List.of(policy, rule, shownFile(), object, container, image);
    }

    @Override
    public int compareTo(BaselineEntry other) {
        return ORDER.compare(this, other);
    }

    /** {@return the finding in a line for people} */
    @Override
    public String toString() {
        String where = ShownText.join(", ", shownFile(), object, container, image);
        return rule + (policy.isEmpty() ? "" : " of " + policy) + (where.isEmpty() ? "" : ": " + where);
    }
}
