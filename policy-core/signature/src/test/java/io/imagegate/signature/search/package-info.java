@NullMarked
package io.imagegate.signature.search;

import org.jspecify.annotations.NullMarked;
