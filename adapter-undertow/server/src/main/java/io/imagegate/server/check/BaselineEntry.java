package io.imagegate.server.check;

import io.imagegate.server.check.report.Result;
import io.imagegate.server.check.report.ShownText;
import java.util.Comparator;
import java.util.List;

/**
 * A finding as a baseline knows it: without the line, which other changes of the file move. Immutable.
 *
 * @param policy the policy
 * @param rule the rule, or the code of a requirement
 * @param object kind, namespace and name of the object; empty for an image without one
 * @param container name of the container, or the path of an image outside of containers; empty if there is none
 * @param image the image as it was typed; empty when the whole object is at fault
 */
record BaselineEntry(String policy, String rule, String object, String container, String image)
        implements Comparable<BaselineEntry> {

    /** Names of the values in a file, in their order there. */
    static final List<String> NAMES = List.of("policy", "rule", "object", "container", "image");

    private static final Comparator<BaselineEntry> ORDER = Comparator.comparing(BaselineEntry::object)
            .thenComparing(BaselineEntry::container)
            .thenComparing(BaselineEntry::image)
            .thenComparing(BaselineEntry::policy)
            .thenComparing(BaselineEntry::rule);

    static BaselineEntry of(Result result) {
        return new BaselineEntry(
                result.violation().policy(),
                result.violation().rule(),
                result.subject().object(),
                result.container(),
                result.typed());
    }

    static BaselineEntry of(List<String> values) {
        return new BaselineEntry(values.get(0), values.get(1), values.get(2), values.get(3), values.get(4));
    }

    /** {@return the values, in the order of their names} */
    List<String> values() {
        return List.of(policy, rule, object, container, image);
    }

    @Override
    public int compareTo(BaselineEntry other) {
        return ORDER.compare(this, other);
    }

    /** {@return the finding in a line for people} */
    @Override
    public String toString() {
        String where = ShownText.join(", ", object, container, image);
        return rule + " of " + policy + (where.isEmpty() ? "" : ": " + where);
    }
}
