@NullMarked
package io.imagegate.registry.host;

import org.jspecify.annotations.NullMarked;
