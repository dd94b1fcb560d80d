/** Tests of the servlet in a real Jetty on loopback. */
@NullMarked
package io.imagegate.servlet;

import org.jspecify.annotations.NullMarked;
