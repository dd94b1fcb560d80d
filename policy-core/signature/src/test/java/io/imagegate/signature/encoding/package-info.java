@NullMarked
package io.imagegate.signature.encoding;

import org.jspecify.annotations.NullMarked;
