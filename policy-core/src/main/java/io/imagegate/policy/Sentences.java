package io.imagegate.policy;

import io.imagegate.fact.Fact;
import io.imagegate.policy.BreakGlassUsers.Refusal;
import io.imagegate.reference.ImageReference;
import io.imagegate.reference.SyntaxProblem;
import io.imagegate.review.ImageReview;
import io.imagegate.review.ReviewedImage;
import io.imagegate.rule.Candidate;
import io.imagegate.rule.Finding;
import io.imagegate.text.SafeText;
import io.imagegate.text.SentenceBundle;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Sentences of a decision, from the resource bundle {@code messages}. */
final class Sentences {

    /** Longest reason or audit annotation in UTF-16 units, without the final "and N more". */
    static final int LIMIT = 4_096;

    private static final SentenceBundle BUNDLE = new SentenceBundle("io.imagegate.policy.messages");
    private static final int IMAGE_LIMIT = 300;
    /** Most images of a chart that one sentence names. */
    private static final int MOST_PLACES = 10;

    private static final Pattern INDEX = Pattern.compile("\\[[0-9]+\\]");

    /** Largest number of bytes of the names in a warning; kube-apiserver cuts warnings at 256 bytes. */
    private static final int NAMES_ROOM = 160;

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

    /** Returns the rule's own message, or else that of the finding. */
    static String explanation(Policy policy, NamedRule rule, Candidate image, Finding finding) {
        Optional<MessageTemplate> own = rule.template();
        return own.isPresent() ? ownMessage(policy, rule, own.get(), image) : finding.message(policy.locale());
    }

    /** Appends the position of the image to a message that does not name it, if the review has several images. */
    private static String ownMessage(Policy policy, NamedRule rule, MessageTemplate message, Candidate image) {
        String text = message.format(policy.name(), rule.name(), image);
        boolean clear = message.namesImage() || image.review().images().size() == 1;
        return clear
                ? text
                : format(
                        policy.locale(),
                        "with-place",
                        text.stripTrailing(),
                        image.image().place());
    }

    /**
     * Returns the warning of a rule: its first images, the number of further ones, and the explanation for the first.
     */
    static String warning(Locale locale, List<Violation> violations) {
        Violation first = violations.get(0);
        if (violations.size() == 1) {
            return first.message();
        }
        Function<Violation, String> name = first.isWordForWord() ? Violation::undatedMessage : Violation::subject;
        String names = name.apply(first);
        while (bytes(names) > NAMES_ROOM) {
            names = SafeText.cut(names, names.length() - 1);
        }
        int shown = 1;
        while (shown < violations.size()) {
            String longer = names + ", " + name.apply(violations.get(shown));
            if (bytes(longer) > NAMES_ROOM) {
                break;
            }
            names = longer;
            shown++;
        }
        String more = Integer.toString(violations.size() - shown);
        String all = shown == violations.size() ? names : format(locale, "names-more", names, more);
        return first.dated(
                first.isWordForWord() ? all : format(locale, "warning", all, first.rule(), first.undatedExplanation()));
    }

    static String subject(Locale locale, ReviewedImage image) {
        return format(locale, "with-place", quoted(image), image.place());
    }

    private static int bytes(CharSequence text) {
        return text.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    static String ofRule(Locale locale, ReviewedImage image, String rule, String explanation) {
        return format(locale, "violation", quoted(image), image.place(), rule, explanation);
    }

    static String ofRequirement(Locale locale, ReviewedImage image, String explanation) {
        return format(locale, "requirement", quoted(image), image.place(), explanation);
    }

    /** Names only the kind of failure, because its message may contain secrets. */
    static String ruleFailed(Locale locale, Throwable failure) {
        return format(locale, "rule-failed", failure.getClass().getSimpleName());
    }

    static String ruleSilent(Locale locale) {
        return format(locale, "rule-silent");
    }

    static String unchanged(Locale locale) {
        return format(locale, "unchanged");
    }

    static String noNewImage(Locale locale) {
        return format(locale, "no-new-image");
    }

    static String keptImage(Locale locale) {
        return format(locale, "kept-image");
    }

    static String outOfScope(Locale locale) {
        return format(locale, "out-of-scope");
    }

    static String noImages(Locale locale) {
        return format(locale, Requirement.IMAGES.code());
    }

    /** Says that a request adds the annotation, or changes its value, and why its user may not. */
    static String breakGlassAdded(
            Locale locale, BreakGlass glass, List<String> places, Refusal refusal, ImageReview review) {
        return format(
                locale,
                Requirement.BREAK_GLASS.code(),
                String.join(", ", places),
                SafeText.quote(glass.annotation(), IMAGE_LIMIT),
                refusalText(locale, refusal, review));
    }

    static String breakGlassClosed(Locale locale, BreakGlass glass, Refusal refusal, ImageReview review) {
        return format(
                locale,
                "break-glass-closed",
                SafeText.quote(glass.annotation(), IMAGE_LIMIT),
                refusalText(locale, refusal, review));
    }

    private static String refusalText(Locale locale, Refusal refusal, ImageReview review) {
        return format(locale, refusal.code, SafeText.quote(review.user().orElse(""), IMAGE_LIMIT));
    }

    static String breakGlassMissing(Locale locale, BreakGlass glass, List<String> set, List<String> missing) {
        return format(
                locale,
                glass.shownValue().isPresent() ? "break-glass-missing" : "break-glass-missing-exact",
                String.join(", ", missing),
                String.join(", ", set),
                SafeText.quote(glass.annotation(), IMAGE_LIMIT),
                SafeText.quote(glass.shownValue().orElse(""), IMAGE_LIMIT));
    }

    /**
     * {@return the warning that a violation does not count because of a break-glass} What is needed most comes first. Of several
     * policies another one may deny.
     */
    static String brokeGlass(Locale locale, boolean allowed, String violation) {
        return format(locale, allowed ? "broke-glass" : "broke-glass-denied", violation);
    }

    /** Shows what to add to a policy. Kinds whose group has no dot are no custom resources. */
    static String unknownKind(Locale locale, String kind, String meant, String place) {
        boolean custom = kind.indexOf('.') != kind.lastIndexOf('.');
        String shown = shown(kind);
        String unknown = format(
                locale,
                custom ? "unknown-custom-kind" : Requirement.KNOWN_KIND.code(),
                SafeText.quote(kind, IMAGE_LIMIT),
                "{kind: " + shown + ", " + (place.isEmpty() ? "podSpec: PATH" : place) + "}",
                shown);
        return meant.isEmpty() ? unknown : format(locale, "meant", unknown, meant);
    }

    /** Says why a field denies an object, by a code. In a path of a policy each element of a list is meant. */
    static String unread(Locale locale, String code, String kind, String field) {
        return format(
                locale,
                code,
                SafeText.quote(kind, IMAGE_LIMIT),
                SafeText.quote(field, IMAGE_LIMIT),
                shown(kind),
                SafeText.quote(INDEX.matcher(field).replaceAll("[*]"), IMAGE_LIMIT));
    }

    private static String shown(String kind) {
        return SafeText.escape(SafeText.cut(kind, IMAGE_LIMIT));
    }

    static String misread(Locale locale, String kind) {
        return format(locale, "misread", SafeText.quote(kind, IMAGE_LIMIT));
    }

    static String unpinned(Locale locale, Fact<?> digest) {
        return digest.state() == Fact.State.PENDING
                ? format(locale, "pin-pending")
                : format(locale, Requirement.PIN.code(), digest.reason());
    }

    /** Says why the content of an image was not looked up: an exception covers it, or else break-glass. */
    static String notLookedUp(Locale locale, boolean exempted) {
        return format(locale, exempted ? "exempted-pending" : "broken-pending");
    }

    /** {@return the sentence about the exception that covered a violation until it expired} */
    static String expired(Locale locale, String rule, Exemption exemption) {
        return exception(locale, "expired", rule, exemption);
    }

    /** {@return the sentence about the exception that covers a violation and expires soon} What is needed most comes first. */
    static String expiring(Locale locale, String rule, Exemption exemption) {
        return exception(locale, "expiring", rule, exemption);
    }

    private static String exception(Locale locale, String key, String rule, Exemption exemption) {
        return format(
                locale, key, rule, exemption.expires().toString(), SafeText.quote(exemption.reason(), IMAGE_LIMIT));
    }

    /** {@return a sentence that begins with the day from which on it will be a denial: where it is cut, that remains} */
    static String denyFrom(Locale locale, LocalDate day, String sentence) {
        return format(locale, "deny-from", day.toString(), sentence);
    }

    static String crowded(Locale locale, ImageReference image, int manifests) {
        return format(locale, "crowded", Integer.toString(manifests), SafeText.quote(image.canonical(), IMAGE_LIMIT));
    }

    static String noRegistry(Locale locale) {
        return format(locale, Requirement.REGISTRY.code());
    }

    static String unknownImage(Locale locale, String variable) {
        return format(locale, Requirement.KNOWN_IMAGE.code(), SafeText.quote(variable, IMAGE_LIMIT));
    }

    /** Says which parts the chart decides: of the first image, and of how many others. */
    static String chartDefault(Locale locale, List<ReviewedImage> images) {
        ReviewedImage first = images.get(0);
        String part = SafeText.quote(first.unknown().orElse(""), IMAGE_LIMIT);
        if (images.size() == 1) {
            return format(locale, Requirement.CHART_DEFAULT.code(), part);
        }
        List<String> others = images.subList(1, Math.min(images.size(), MOST_PLACES)).stream()
                .map(ReviewedImage::place)
                .toList();
        String shown = String.join(", ", others);
        int more = images.size() - 1 - others.size();
        return format(
                locale, "chart-defaults", part, more == 0 ? shown : format(locale, "names-more", shown, "" + more));
    }

    static String invalidReference(Locale locale, String text) {
        SyntaxProblem problem = ImageReference.problem(text).orElseThrow();
        // English needs no translation, because the problem has its message.
        String sentence =
                locale.equals(Locale.ENGLISH) ? problem.sentence() : format(locale, "problem." + problem.code());
        String invalid =
                format(locale, Requirement.VALID_REFERENCE.code(), Integer.toString(problem.offset() + 1), sentence);
        return problem.suggestion()
                .map(meant -> format(locale, "meant-reference", invalid, meant))
                .orElse(invalid);
    }

    /** Joins distinct sentences up to the limit, and appends the number of omitted ones. */
    static <T> String join(Locale locale, List<T> all, Function<T, String> text) {
        if (all.size() == 1) {
            return SafeText.cut(text.apply(all.get(0)), LIMIT);
        }
        Set<String> distinct = new LinkedHashSet<>();
        Iterator<T> each = all.iterator();
        int length = 0;
        int done = 0;
        while (each.hasNext() && length < LIMIT) {
            String sentence = text.apply(each.next());
            length += distinct.add(sentence) ? sentence.length() + 2 : 0;
            done++;
        }
        String joined = String.join("; ", distinct);
        int more = all.size() - done;
        if (joined.length() > LIMIT) {
            joined = SafeText.cut(joined, LIMIT);
        }
        return more == 0 ? joined : joined + format(locale, "more", Integer.toString(more));
    }

    private static String quoted(ReviewedImage image) {
        return SafeText.quote(image.text(), IMAGE_LIMIT);
    }

    private static String format(Locale locale, String key, String... texts) {
        return BUNDLE.fill(locale, key, Arrays.asList(texts));
    }
}
