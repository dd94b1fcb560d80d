/** Tests of the log: formats, queue and rate limit. */
@NullMarked
package io.imagegate.server.log;

import org.jspecify.annotations.NullMarked;
