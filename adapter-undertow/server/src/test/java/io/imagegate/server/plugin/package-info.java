@NullMarked
package io.imagegate.server.plugin;

import org.jspecify.annotations.NullMarked;
