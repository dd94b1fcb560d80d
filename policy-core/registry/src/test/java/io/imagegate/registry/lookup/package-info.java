@NullMarked
package io.imagegate.registry.lookup;

import org.jspecify.annotations.NullMarked;
