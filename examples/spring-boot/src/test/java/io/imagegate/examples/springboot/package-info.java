/** Asks the service over HTTPS, as kube-apiserver does. */
@NullMarked
package io.imagegate.examples.springboot;

import org.jspecify.annotations.NullMarked;
