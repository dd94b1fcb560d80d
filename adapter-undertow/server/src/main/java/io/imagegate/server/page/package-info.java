/**
 * Pages for the browser on a port of their own. {@link io.imagegate.server.page.PageServer} copies bytes between a connection
 * and the artifact with the pages, which decides what is answered; {@link io.imagegate.server.page.ConsoleArtifact} says
 * whether that artifact is there. Its classes are loaded when somebody asks for pages, so nothing that runs otherwise may name
 * them in a signature.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.server.page;

import org.jspecify.annotations.NullMarked;
