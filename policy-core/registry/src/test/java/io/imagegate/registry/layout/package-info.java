@NullMarked
package io.imagegate.registry.layout;

import org.jspecify.annotations.NullMarked;
