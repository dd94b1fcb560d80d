package io.imagegate.policy;

import io.imagegate.reference.ReferenceSyntaxException;
import io.imagegate.reference.SafeText;
import io.imagegate.review.ReviewedImage;
import io.imagegate.rule.Candidate;
import io.imagegate.rule.Finding;
import java.text.MessageFormat;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.function.Function;

/** The sentences of a decision; their texts stand in the resource bundle {@code messages}. */
final class Sentences {

    /** Longest text of a reason or an audit annotation, in UTF-16 units, the final "and N more" not counted. */
    static final int LIMIT = 4_096;

    private static final String BUNDLE = "io.imagegate.policy.messages";
    private static final int IMAGE_LIMIT = 300;

    private Sentences() {}

    static Locale requireSupported(Locale locale) {
        if (locale.getLanguage().equals("en")) {
            return Locale.ENGLISH;
        }
        if (locale.getLanguage().equals("zh") && !locale.getScript().equals("Hant")) {
            return Locale.SIMPLIFIED_CHINESE;
        }
        throw new IllegalArgumentException("locale \"" + locale.toLanguageTag() + "\": expected en or zh-CN");
    }

    /** The rule's own message, or what the finding says of itself. */
    static String explanation(Policy policy, NamedRule rule, Candidate image, Finding finding) {
        return rule.message() != null
                ? rule.message().format(policy.name(), rule.name(), image)
                : finding.message(policy.locale());
    }

    static String ofRule(Locale locale, ReviewedImage image, String rule, String explanation) {
        return format(locale, "violation", quoted(image), image.place(), rule, explanation);
    }

    static String ofRequirement(Locale locale, ReviewedImage image, String explanation) {
        return format(locale, "requirement", quoted(image), image.place(), explanation);
    }

    /** Says no more than the kind of failure: its message may hold what a user should not see. */
    static String ruleFailed(Locale locale, Throwable failure) {
        return format(locale, "rule-failed", failure.getClass().getSimpleName());
    }

    static String ruleSilent(Locale locale) {
        return format(locale, "rule-silent");
    }

    static String unchanged(Locale locale) {
        return format(locale, "unchanged");
    }

    static String noImages(Locale locale) {
        return format(locale, Requirement.IMAGES.code());
    }

    static String unknownKind(Locale locale, String kind) {
        return format(locale, Requirement.KNOWN_KIND.code(), SafeText.quote(kind, IMAGE_LIMIT));
    }

    static String noRegistry(Locale locale) {
        return format(locale, Requirement.REGISTRY.code());
    }

    static String invalidReference(Locale locale, ReferenceSyntaxException problem) {
        // English needs no translation: the problem brings its sentence.
        String sentence = locale.equals(Locale.ENGLISH)
                ? problem.problem().sentence()
                : format(locale, "problem." + problem.problem().code());
        return format(locale, Requirement.VALID_REFERENCE.code(), Integer.toString(problem.offset() + 1), sentence);
    }

    /** Joins distinct sentences until the limit, and says how many were left out. */
    static String join(Locale locale, Collection<Violation> violations, Function<Violation, String> text) {
        Set<String> distinct = new LinkedHashSet<>();
        Iterator<Violation> each = violations.iterator();
        int length = 0;
        int done = 0;
        while (each.hasNext() && length < LIMIT) {
            String sentence = text.apply(each.next());
            length += distinct.add(sentence) ? sentence.length() + 2 : 0;
            done++;
        }
        String joined = String.join("; ", distinct);
        int more = violations.size() - done;
        if (joined.length() > LIMIT) {
            joined = SafeText.cut(joined, LIMIT);
        }
        return more == 0 ? joined : joined + format(locale, "more", Integer.toString(more));
    }

    private static String quoted(ReviewedImage image) {
        return SafeText.quote(image.text(), IMAGE_LIMIT);
    }

    private static String format(Locale locale, String key, Object... arguments) {
        MessageFormat format =
                new MessageFormat(ResourceBundle.getBundle(BUNDLE, locale).getString(key), Locale.ROOT);
        return format.format(arguments);
    }
}
