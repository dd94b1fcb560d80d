/**
 * Rules and formats of files in jars of the user. {@link io.imagegate.cli.plugin.Plugins} loads the jars of a folder, so that
 * policies and commands find what they have as if it were on the class path.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.cli.plugin;

import org.jspecify.annotations.NullMarked;
