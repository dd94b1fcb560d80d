package io.imagegate.document.yaml;

/**
 * Mistake in a file, or a warning about it.
 *
 * @param at position of the mistake; that of the whole file if it has no other
 * @param message what is wrong, and what was expected; one line that is safe to print
 */
public record Problem(Position at, String message) {}
