/**
 * Pages for the browser: the console of one replica and the playground for policies, as bytes that a web server copies.
 * {@link io.imagegate.console.WebPages} has all rules of the pages: host names, origins, methods, media types, headers and
 * limits.
 *
 * <p>Stability: internal.
 */
@NullMarked
package io.imagegate.console;

import org.jspecify.annotations.NullMarked;
