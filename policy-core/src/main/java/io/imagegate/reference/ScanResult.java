package io.imagegate.reference;

/** What {@link ReferenceScanner#scan} makes of a text: a reference, or why the text is not one. */
sealed interface ScanResult permits ImageReference, SyntaxProblem {}
