@NullMarked
package io.imagegate.signature.fact;

import org.jspecify.annotations.NullMarked;
