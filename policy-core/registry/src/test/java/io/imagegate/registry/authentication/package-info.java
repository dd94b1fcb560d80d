@NullMarked
package io.imagegate.registry.authentication;

import org.jspecify.annotations.NullMarked;
