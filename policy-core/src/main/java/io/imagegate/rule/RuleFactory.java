package io.imagegate.rule;

import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

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

    /**
     * Makes a factory for a program, which gives it to the reader of its policies: {@code RuleFactory.of("io.example.Tagged", parameters
     * -> image -> image.reference().hasTag() ? Finding.satisfied() : Finding.violation("it has no tag"))}.
     *
     * @param name the name of the rule in policy files
     * @param making makes the rule, as {@link #create} does
     * @return the factory
     */
    static RuleFactory of(String name, Function<Map<String, Object>, Rule> making) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(making, "making");
        return new RuleFactory() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Rule create(Map<String, Object> parameters) {
                return making.apply(parameters);
            }

            @Override
            public String toString() {
                return "RuleFactory[name=" + name + "]";
            }
        };
    }

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
