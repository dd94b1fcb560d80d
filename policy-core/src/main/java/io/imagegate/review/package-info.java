/**
 * What is asked: may these images run? A review is plain data and knows nothing of the wire it came over, so an
 * embedding program can ask about a list of strings and a webhook about a decoded request in the same way.
 *
 * <p>Images are kept as they were typed, however broken; reading them is the business of {@code io.imagegate.reference}
 * and judging them that of {@code io.imagegate.policy}.
 *
 * <p>Stability: stable.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.review;

import org.jspecify.annotations.NullMarked;
