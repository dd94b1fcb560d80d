@NullMarked
package io.imagegate.cli.plugin;

import org.jspecify.annotations.NullMarked;
