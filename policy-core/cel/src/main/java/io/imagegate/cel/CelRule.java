package io.imagegate.cel;

import io.imagegate.fact.Fact;
import io.imagegate.fact.ImageMetadata;
import io.imagegate.fact.PlatformImage;
import io.imagegate.rule.Candidate;
import io.imagegate.rule.CelCondition;
import io.imagegate.rule.Finding;
import io.imagegate.rule.Outcome;
import io.imagegate.rule.RequestProperty;
import io.imagegate.text.SafeText;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Requires that an expression in the Common Expression Language (CEL) is true. An expression has the variables {@code image},
 * {@code container}, {@code request} and {@code now}. Immutable and thread-safe.
 *
 * <pre>{@code
 * Rule released = CelRule.of("image.registry == 'ghcr.io' && !image.tag.startsWith('dev')");
 * }</pre>
 *
 * <p>The properties {@code created}, {@code platforms}, {@code size}, {@code labels} and {@code annotations} of the image are
 * facts. They are looked up only if the value of the expression depends on them. If the image is an index, the expression must be true
 * for each image in it.
 *
 * <p>The properties {@code registry} and {@code repository} of the image are those that patterns compare: lower case, {@code docker.io}
 * for all names of Docker Hub. Where an expression may depend on how they are written, it is evaluated with the written ones, too.
 *
 * <p>The finding is undecidable if the value depends on what the review does not tell, on a fact that is unknown, on how the registry
 * is written, or on a registry that a client may read as an address, if the expression fails, and if a limit is reached. It is
 * unavailable if a registry is down.
 *
 * @since 0.1
 */
public final class CelRule implements CelCondition {

    private static final int SHOWN = 200;

    private final Expression condition;
    private final @Nullable Expression message;

    private CelRule(Expression condition, @Nullable Expression message) {
        this.condition = condition;
        this.message = message;
    }

    /**
     * Compiles an expression.
     *
     * @param expression the expression, at most 4,096 characters, whose value is true or false
     * @return the rule that it is true
     * @throws io.imagegate.rule.CelSyntaxException if it is no expression, has another type, exceeds a limit, or compares the registry
     *     with a name that no registry has
     */
    public static CelRule of(String expression) {
        return new CelRule(Language.INSTANCE.condition(expression), null);
    }

    @Override
    public CelRule withMessage(String expression) {
        return new CelRule(condition, Language.INSTANCE.message(expression));
    }

    @Override
    public boolean looksAtContent() {
        return condition.namesFacts();
    }

    @Override
    public Set<RequestProperty> notInImageReview() {
        return condition.named().stream()
                .flatMap(name -> name.notInImageReview().stream())
                .collect(Collectors.toSet());
    }

    @Override
    public Finding check(Candidate image) {
        Budget budget = new Budget();
        Subject subject = Subject.of(image);
        Result byName = condition.evaluate(subject, budget);
        if (!byName.needsFacts()) {
            return finding(byName, subject, budget);
        }
        Fact<ImageMetadata> metadata = image.facts().metadata();
        return switch (metadata.state()) {
            case KNOWN -> ofPlatforms(subject, metadata.value().orElseThrow(), budget);
            case PENDING -> Finding.of(metadata, known -> Finding.satisfied());
            case UNAVAILABLE ->
                byName.isUnknown() ? finding(byName, subject, budget) : unavailable(subject, metadata.reason());
            case ABSENT, UNDECIDABLE -> Finding.undecidable(metadata.reason());
        };
    }

    private Finding unavailable(Subject subject, String reason) {
        return condition.hidesError(subject)
                ? Finding.undecidable("the expression failed where it does not depend on the registry, and " + reason)
                : Finding.unavailable(reason);
    }

    /** {@return the finding on all images of an index: false for one is false} */
    private Finding ofPlatforms(Subject subject, ImageMetadata metadata, Budget budget) {
        List<PlatformImage> images = metadata.images();
        Finding unknown = null;
        for (PlatformImage image : images) {
            Subject one = subject.with(metadata, image);
            Finding finding = finding(condition.evaluate(one, budget), one, budget);
            if (finding.outcome() == Outcome.VIOLATED) {
                return finding;
            }
            unknown = unknown == null && finding.isViolation() ? finding : unknown;
        }
        return unknown == null ? Finding.satisfied() : unknown;
    }

    private Finding finding(Result result, Subject subject, Budget budget) {
        if (result.value() instanceof Boolean value) {
            return value ? Finding.satisfied() : Finding.violation(sentence(subject, budget));
        }
        return Finding.undecidable(result.reason() + subject.platform());
    }

    private String sentence(Subject subject, Budget budget) {
        String own = message == null ? "" : message.evaluate(subject, budget).text();
        return own.isBlank()
                ? "the expression is false" + subject.platform() + ": "
                        + SafeText.escape(SafeText.cut(condition.text(), SHOWN))
                : SafeText.escape(SafeText.cut(own, Limits.MESSAGE));
    }

    /** {@return the expression, for logs and debuggers} */
    @Override
    public String toString() {
        return condition.text();
    }
}
