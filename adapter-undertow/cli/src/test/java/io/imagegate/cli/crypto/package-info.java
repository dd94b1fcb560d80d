/** Tests of reading and issuing keys and certificates. */
@NullMarked
package io.imagegate.cli.crypto;

import org.jspecify.annotations.NullMarked;
