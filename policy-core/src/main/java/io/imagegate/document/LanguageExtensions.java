package io.imagegate.document;

/**
 * What a program adds to the language of policies.
 *
 * @param custom rules written in Java
 * @param trust checks trusted roots
 */
record LanguageExtensions(CustomRules custom, TrustCheck trust) {}
