/** Tests of reading and issuing keys and certificates. */
@NullMarked
package io.imagegate.server.metrics;

import org.jspecify.annotations.NullMarked;
