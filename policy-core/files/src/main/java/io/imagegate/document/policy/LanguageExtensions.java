package io.imagegate.document.policy;

import io.imagegate.document.rule.CelExpressions;
import io.imagegate.document.rule.CustomRules;
import java.util.function.Consumer;

/**
 * What a program adds to the language of policies.
 *
 * @param cel compiles CEL expressions
 * @param custom rules written in Java
 * @param trust checks the texts of trusted roots; throws IllegalArgumentException
 */
public record LanguageExtensions(CelExpressions cel, CustomRules custom, Consumer<String> trust) {}
