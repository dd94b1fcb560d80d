package io.imagegate.syntax;

/**
 * Reads YAML, for which the core has no parser. {@link java.util.ServiceLoader} finds the provider of {@code
 * io.imagegate:policy-files}.
 */
public interface YamlProvider {

    /**
     * Opens a text of manifests.
     *
     * @param text the text
     * @param limits its limits
     * @param problems makes the exceptions
     * @param <X> thrown for malformed text
     * @return a cursor before the first document
     */
    <X extends Exception> DocumentCursor<X> open(byte[] text, SyntaxLimits limits, SyntaxProblems<X> problems);
}
