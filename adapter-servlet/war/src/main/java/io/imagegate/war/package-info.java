/**
 * Imagegate as a web application that a servlet container runs unchanged. {@link io.imagegate.war.PolicyLoader} finds
 * and keeps the policies; reviews are answered by {@link io.imagegate.servlet.PolicyWebhookServlet}; two small servlets
 * tell machines and people how it stands.
 *
 * <p>Where the policies are is read from the first of these that is set:
 *
 * <ol>
 *   <li>JNDI {@code java:comp/env/imagegate.policy}, of this web application alone;
 *   <li>the context parameter {@code imagegate.policy}, of this web application alone;
 *   <li>the system property {@code imagegate.policy}, of the container;
 *   <li>the environment variable {@code IMAGEGATE_POLICY}, of the container;
 *   <li>nothing: the default policy, which demands a fixed tag.
 * </ol>
 *
 * <p>Policies that cannot be loaded when the application starts deny everything, say why in the container's log, in the
 * answers and on the status page, and take effect as soon as they are mended.
 *
 * <p>Stability: internal.
 */
@NullMarked
package io.imagegate.war;

import org.jspecify.annotations.NullMarked;
