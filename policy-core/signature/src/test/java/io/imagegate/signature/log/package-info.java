@NullMarked
package io.imagegate.signature.log;

import org.jspecify.annotations.NullMarked;
