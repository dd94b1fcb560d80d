package io.imagegate.policy;

import io.imagegate.text.Names;
import io.imagegate.text.SafeText;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Details of a rule for reports. They change no decision. Immutable.
 *
 * @param description what the rule requires and why, in a sentence, or null
 * @param severity how serious a violation is, or null
 * @param link a page about the rule, an absolute {@code http} or {@code https} URL, or null
 * @param conditionText the condition as the file of the policy has it, or null
 */
record RuleDetails(
        @Nullable String description,
        @Nullable Severity severity,
        @Nullable URI link,
        @Nullable String conditionText) {

    /** No details. */
    public static final RuleDetails NONE = new RuleDetails(null, null, null, null);

    /** {@return those of a requirement} */
    static RuleDetails of(Requirement requirement) {
        return new RuleDetails(null, null, requirement.page(), null);
    }

    /**
     * Checks description and link.
     *
     * @param description what the rule requires and why, or null
     * @param severity how serious a violation is, or null
     * @param link a page about the rule, or null
     * @param conditionText the condition as the file of the policy has it, or null
     * @throws IllegalArgumentException if the description is blank, the link is not an {@code http} or {@code https}
     *     URL, or the text of the condition is blank or too long
     */
    public RuleDetails {
        if (description != null && description.isBlank()) {
            throw new IllegalArgumentException("a blank description, expected a sentence");
        }
        if (link != null && !isPage(link)) {
            throw new IllegalArgumentException("link " + SafeText.quote(link.toString(), Names.SHOWN)
                    + ": expected a URL that begins with https:// or http://");
        }
        if (conditionText != null
                && (conditionText.isBlank() || conditionText.length() > NamedRule.LONGEST_CONDITION)) {
            throw new IllegalArgumentException("the text of a condition of " + conditionText.length()
                    + " characters, expected 1 to " + NamedRule.LONGEST_CONDITION);
        }
    }

    private static boolean isPage(URI link) {
        return ("https".equals(link.getScheme()) || "http".equals(link.getScheme())) && link.getHost() != null;
    }
}
