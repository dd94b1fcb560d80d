/** Tests against a registry in this process, which serves recordings and can be hostile. */
@NullMarked
package io.imagegate.registry;

import org.jspecify.annotations.NullMarked;
