/** Tests of reading and issuing keys and certificates. */
@NullMarked
package io.imagegate.server.tls;

import org.jspecify.annotations.NullMarked;
