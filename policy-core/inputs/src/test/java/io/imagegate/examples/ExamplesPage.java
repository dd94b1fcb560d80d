package io.imagegate.examples;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** The page of the examples: a table of what users want, then each policy with its cases. */
final class ExamplesPage {

    /** The headings, in their order. */
    private static final List<String> SECTIONS = List.of(
            "Tags and digests",
            "Registries and repositories",
            "Namespaces, objects, containers and users",
            "Dates, exceptions and emergencies",
            "Content of images",
            "Signatures and attestations",
            "Other names and digests",
            "Kinds that are not built in",
            "Expressions");

    private final Map<String, List<PolicyExample>> examples = new LinkedHashMap<>();

    ExamplesPage(List<PolicyExample> all) {
        for (String section : SECTIONS) {
            List<PolicyExample> here =
                    all.stream().filter(each -> each.section().equals(section)).toList();
            if (!here.isEmpty()) {
                examples.put(section, here);
            }
        }
        int shown = examples.values().stream().mapToInt(List::size).sum();
        if (shown != all.size()) {
            throw new IllegalArgumentException("an example has another section than one of " + SECTIONS);
        }
    }

    String tables() {
        StringJoiner page = new StringJoiner("\n");
        examples.forEach((section, here) -> {
            page.add("| " + section + " | policy |").add("|---|---|");
            here.forEach(each -> page.add("| " + each.title() + " | [" + each.name() + "](#" + anchor(each) + ") |"));
            page.add("");
        });
        examples.forEach((section, here) -> {
            page.add("## " + section).add("");
            here.forEach(each -> page.add(example(each)));
        });
        return page.toString();
    }

    private static String anchor(PolicyExample example) {
        return example.name().toLowerCase(Locale.ROOT);
    }

    private static String example(PolicyExample example) {
        StringJoiner text = new StringJoiner("\n");
        text.add("### " + example.name()).add("").add(example.title() + ".").add("");
        text.add("```yaml").add(example.policy().stripTrailing()).add("```").add("");
        example.warnings()
                .values()
                .forEach(reason -> text.add("Loading warns: " + reason).add(""));
        text.add("| asked | AdmissionReview | ImageReview |").add("|---|---|---|");
        for (ExampleCase asked : example.cases()) {
            text.add("| " + asked.asked() + " | " + asked.answer() + " | " + asked.imageReviewAnswer() + " |");
        }
        return text.add("").toString();
    }
}
