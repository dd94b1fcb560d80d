/**
 * What a form of signatures is: where it is stored, how it is read, and what it binds. {@code signature.cosign} and
 * {@code signature.notation} are forms. The package is not exported.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.signature.form;

import org.jspecify.annotations.NullMarked;
