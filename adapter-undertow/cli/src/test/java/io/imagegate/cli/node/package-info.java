/** Tests of verdicts for containerd. */
@NullMarked
package io.imagegate.cli.node;

import org.jspecify.annotations.NullMarked;
