package io.imagegate.rule;

import java.util.Map;

/**
 * Makes a rule for policy files, which refer to it with {@code custom} and pass parameters with {@code with}.
 * {@link java.util.ServiceLoader} finds factories: a jar names its factory in
 * {@code META-INF/services/io.imagegate.rule.RuleFactory} or in its module descriptor.
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

    /** {@return the name of the rule in policy files, by convention the name of a class} */
    String name();

    /**
     * Makes a rule. Called once for each use in a policy file, each time the file is loaded.
     *
     * @param parameters the mapping {@code with}, empty if there is none: unmodifiable, of {@link String},
     *     {@link Long}, {@link Double}, {@link Boolean}, {@link java.util.List} and {@link Map} from strings, never
     *     null
     * @return the rule
     * @throws IllegalArgumentException if a parameter is missing, unknown or invalid; the author of the policy sees the
     *     message after file and line
     */
    Rule create(Map<String, Object> parameters);
}
