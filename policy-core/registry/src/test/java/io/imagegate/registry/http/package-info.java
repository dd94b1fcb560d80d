@NullMarked
package io.imagegate.registry.http;

import org.jspecify.annotations.NullMarked;
