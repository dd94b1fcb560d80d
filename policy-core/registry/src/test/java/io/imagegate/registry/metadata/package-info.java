@NullMarked
package io.imagegate.registry.metadata;

import org.jspecify.annotations.NullMarked;
