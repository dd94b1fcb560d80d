/** Runs the hooks and the files for CI in a repository of a team. */
@NullMarked
package io.imagegate.examples.ci;

import org.jspecify.annotations.NullMarked;
