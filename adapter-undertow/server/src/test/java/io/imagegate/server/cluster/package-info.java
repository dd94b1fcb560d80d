@NullMarked
package io.imagegate.server.cluster;

import org.jspecify.annotations.NullMarked;
