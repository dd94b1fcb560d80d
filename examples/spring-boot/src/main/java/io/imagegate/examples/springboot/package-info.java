/** A Spring Boot service with an image policy webhook beside its own endpoints. */
@NullMarked
package io.imagegate.examples.springboot;

import org.jspecify.annotations.NullMarked;
