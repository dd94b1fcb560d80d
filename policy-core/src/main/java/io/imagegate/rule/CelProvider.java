package io.imagegate.rule;

/**
 * Compiles expressions of the Common Expression Language (CEL) for policy files, which write them with {@code cel}.
 * {@link java.util.ServiceLoader} finds the provider of {@code io.imagegate:policy-cel} when a policy has one; nothing of it is
 * loaded before. Implementations are thread-safe.
 *
 * @since 0.1
 */
public interface CelProvider {

    /**
     * Compiles a condition.
     *
     * @param expression an expression whose value is true or false
     * @return the rule that the value is true
     * @throws CelSyntaxException if it is no expression, has another type or exceeds a limit
     */
    CelCondition condition(String expression);
}
