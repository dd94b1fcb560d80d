package io.imagegate.examples;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;

/** The page of policies of other programs: each beside the same policy here, with the cases. */
final class ComingFromPage {

    private final List<PolicyExample> pairs;

    ComingFromPage(List<PolicyExample> pairs) {
        this.pairs = pairs;
    }

    String sections() {
        StringJoiner page = new StringJoiner("\n");
        pairs.forEach(pair -> page.add(section(pair)));
        return page.toString();
    }

    private static String section(PolicyExample pair) {
        Map<String, String> original = pair.original();
        StringJoiner text = new StringJoiner("\n");
        text.add("## " + pair.section() + ": " + pair.title()).add("");
        text.add("[The original](" + required(original, "link") + "), read, not run: "
                + required(original, "reads").strip());
        text.add("")
                .add("```yaml")
                .add(required(original, "form").stripTrailing())
                .add("```")
                .add("");
        text.add("Here:")
                .add("")
                .add("```yaml")
                .add(pair.policy().stripTrailing())
                .add("```")
                .add("");
        text.add("Difference: " + required(original, "differs").strip()).add("");
        text.add("| asked | original | here |").add("|---|---|---|");
        pair.cases().forEach(asked -> text.add(row(asked)));
        return text.add("").toString();
    }

    private static String required(Map<String, String> original, String key) {
        return Objects.requireNonNull(original.get(key), key);
    }

    /** What the original lets through, and here is denied, stands out. */
    private static String row(ExampleCase asked) {
        boolean passes = asked.original().equals("allowed") && asked.answer().equals("denied");
        String original = passes ? "**allowed**" : asked.original();
        String here =
                asked.becomes().map(name -> "`" + ExampleCase.shown(name) + "`").orElse(asked.answer());
        boolean differs =
                asked.becomes().isEmpty() && !asked.imageReviewAnswer().equals(asked.answer());
        return "| " + asked.asked() + " | " + original + " | " + here
                + (differs ? "; ImageReview: " + asked.imageReviewAnswer() : "") + " |";
    }
}
