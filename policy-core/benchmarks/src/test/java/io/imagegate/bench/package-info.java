@NullMarked
package io.imagegate.bench;

import org.jspecify.annotations.NullMarked;
