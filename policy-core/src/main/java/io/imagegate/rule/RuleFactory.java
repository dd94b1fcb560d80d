package io.imagegate.rule;

import java.util.Map;

/**
 * Makes rules for policy files, which name it by {@code custom} and give it parameters by {@code with}. Factories are found
 * by {@link java.util.ServiceLoader}: a jar names its factory in {@code META-INF/services/io.imagegate.rule.RuleFactory} or
 * in its module descriptor.
 *
 * <pre>{@code
 * public final class LongestName implements RuleFactory {
 *     public String name() {
 *         return "io.example.LongestName";
 *     }
 *
 *     public Rule create(Map<String, Object> parameters) {
 *         if (!(parameters.get("limit") instanceof Long limit)) {
 *             throw new IllegalArgumentException("limit: expected a number");
 *         }
 *         return image -> image.reference().repository().length() <= limit
 *                 ? Finding.satisfied()
 *                 : Finding.violation("the repository name is longer than " + limit + " characters");
 *     }
 * }
 * }</pre>
 *
 * @since 0.1
 */
public interface RuleFactory {

    /** {@return the name by which policy files call the rule; by custom the name of a class} */
    String name();

    /**
     * Makes a rule. Called once for each place where a policy file names it, whenever the file is loaded.
     *
     * @param parameters what stands under {@code with}, empty if nothing does: unmodifiable, of {@link String},
     *     {@link Long}, {@link Double}, {@link Boolean}, {@link java.util.List} and {@link Map} from strings, never null
     * @return the rule
     * @throws IllegalArgumentException if a parameter is missing, unknown or not what it should be; whoever wrote the
     *     policy sees the message, with file and line before it
     */
    Rule create(Map<String, Object> parameters);
}
