@NullMarked
package io.imagegate.bench.server;

import org.jspecify.annotations.NullMarked;
