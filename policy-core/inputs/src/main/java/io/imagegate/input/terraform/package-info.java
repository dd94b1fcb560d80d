/**
 * Plans of Terraform.
 *
 * <p>Stability: internal.
 *
 * @since 0.1
 */
@NullMarked
package io.imagegate.input.terraform;

import org.jspecify.annotations.NullMarked;
