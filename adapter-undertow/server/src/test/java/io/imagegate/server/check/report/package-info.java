/** Tests of how findings are written. */
@NullMarked
package io.imagegate.server.check.report;

import org.jspecify.annotations.NullMarked;
