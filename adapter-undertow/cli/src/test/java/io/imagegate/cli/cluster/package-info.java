@NullMarked
package io.imagegate.cli.cluster;

import org.jspecify.annotations.NullMarked;
