@NullMarked
package io.imagegate.signature;

import org.jspecify.annotations.NullMarked;
