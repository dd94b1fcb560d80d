package io.imagegate.cli.check.report;

import java.util.List;
import java.util.Map;

/**
 * Numbers of what was checked.
 *
 * @param subjects images, objects and reviews, or cases of policy tests
 * @param images images in them
 * @param denied subjects that were denied, or cases that failed
 * @param deniedImages images that were denied, and objects that were denied as a whole
 * @param deniedObjects objects that were denied as a whole, such as one of an unknown kind
 * @param problems what could not be read, a line each
 * @param known problems that the baseline has, a line each
 * @param notJudged how much may name images and was not read, by what it is, such as {@code Helm template}
 * @param parts how many files were judged only as parts of others, by what they are, such as {@code Component}
 * @param leftOut how many other files and folders were not read, by what they are, such as {@code excluded file}
 * @param rendered what was rendered, by which program and with which values, a line each
 * @param unknownKinds how many allowed objects a webhook denies because it does not know their kind, by kind
 * @param gone findings of the baseline that are no longer found, a line each
 * @param unchecked findings of the baseline whose objects and images were not checked, a line each
 */
public record Totals(
        long subjects,
        long images,
        long denied,
        long deniedImages,
        long deniedObjects,
        List<String> problems,
        List<String> known,
        Map<String, Long> notJudged,
        Map<String, Long> parts,
        Map<String, Long> leftOut,
        List<String> rendered,
        Map<String, Long> unknownKinds,
        List<String> gone,
        List<String> unchecked) {

    /**
     * {@return the totals of a run that checked nothing}
     *
     * @param problem why
     */
    public static Totals none(String problem) {
        return of(0, 0, List.of(problem));
    }

    /**
     * {@return the totals of policy tests}
     *
     * @param cases how many ran
     * @param failed how many failed
     */
    public static Totals ofTests(long cases, long failed) {
        return of(cases, failed, List.of());
    }

    private static Totals of(long subjects, long denied, List<String> problems) {
        return new Totals(
                subjects, 0, denied, 0, 0, problems, List.of(), Map.of(), Map.of(), Map.of(), List.of(), Map.of(),
                List.of(), List.of());
    }

    /** {@return whether everything was read and nothing was denied} */
    public boolean allowed() {
        return denied == 0 && problems.isEmpty();
    }
}
