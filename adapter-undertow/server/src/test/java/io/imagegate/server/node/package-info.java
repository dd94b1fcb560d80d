/** Tests of verdicts for containerd. */
@NullMarked
package io.imagegate.server.node;

import org.jspecify.annotations.NullMarked;
