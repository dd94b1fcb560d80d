/**
 * The benchmarks of the server: the runnable jar under load over TLS, beside a bare Undertow handler and a webhook written
 * in Go, and the page that shows these figures and the library's.
 */
@NullMarked
package io.imagegate.bench.server;

import org.jspecify.annotations.NullMarked;
