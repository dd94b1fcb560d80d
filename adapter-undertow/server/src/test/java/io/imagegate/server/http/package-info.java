/** Tests of what stands between the network and the webhook. */
@NullMarked
package io.imagegate.server.http;

import org.jspecify.annotations.NullMarked;
