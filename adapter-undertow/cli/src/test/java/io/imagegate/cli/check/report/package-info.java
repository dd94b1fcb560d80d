/** Tests of how findings are written. */
@NullMarked
package io.imagegate.cli.check.report;

import org.jspecify.annotations.NullMarked;
