/** Tests of how findings are written. */
@NullMarked
package io.imagegate.server.report;

import org.jspecify.annotations.NullMarked;
