/** Tests of reading and issuing keys and certificates. */
@NullMarked
package io.imagegate.server.crypto;

import org.jspecify.annotations.NullMarked;
