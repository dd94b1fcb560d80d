/**
 * Imagegate as a web application for servlet containers. {@link io.imagegate.war.PolicyLoader} loads the policies, and
 * opens registries for rules on the content of images.
 * {@link io.imagegate.servlet.PolicyWebhookServlet} answers reviews. {@link io.imagegate.war.ConsoleServlet} serves the console, and
 * a small servlet serves probes.
 *
 * <p>The location of the policies is the first of these that is set:
 *
 * <ol>
 *   <li>JNDI {@code java:comp/env/imagegate.policy}, of this web application alone;
 *   <li>the context parameter {@code imagegate.policy}, of this web application alone;
 *   <li>the system property {@code imagegate.policy}, of the container;
 *   <li>the environment variable {@code IMAGEGATE_POLICY}, of the container;
 *   <li>none of these: the default policy, which requires a fixed tag.
 * </ol>
 *
 * <p>If the policies are invalid when the application starts, everything is denied. The reason is in the container's
 * log, in the answers and on the console. Corrected files are loaded without a restart.
 *
 * <p>{@code imagegate.registries} ({@code IMAGEGATE_REGISTRIES}) is set in the same ways: the file of the registries that
 * may be asked. It is read once. Without it, policies with rules on content are refused, and no class of the registry module
 * is loaded.
 *
 * <p>{@code imagegate.client-names} ({@code IMAGEGATE_CLIENT_NAMES}) is set in the same ways: the names that clients of the webhook
 * need in their certificates. If it is invalid, everything is denied.
 *
 * <p>{@code imagegate.console-names} ({@code IMAGEGATE_CONSOLE_NAMES}) is set in the same ways: the host names by which browsers
 * may ask for the console, with commas between them. Without it, only clients on this machine see the console.
 *
 * <p>Stability: internal.
 */
@NullMarked
package io.imagegate.war;

import org.jspecify.annotations.NullMarked;
