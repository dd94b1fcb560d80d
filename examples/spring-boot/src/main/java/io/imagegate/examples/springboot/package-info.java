/** A Spring Boot service that decides which images may run, beside what else it does. */
@NullMarked
package io.imagegate.examples.springboot;

import org.jspecify.annotations.NullMarked;
