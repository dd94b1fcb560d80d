/**
 * Objects of the Kubernetes API that a program holds, as maps or as JSON of its client, and the decisions on them. {@link
 * io.imagegate.object.ApiObject} gets the same decision as behind a webhook, without a request.
 *
 * <p>Stability: stable.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.object;

import org.jspecify.annotations.NullMarked;
