/** The starter in applications: with Spring Boot 4, and in {@code -Pfull} also with Spring Boot 3. */
@NullMarked
package io.imagegate.springboot;

import org.jspecify.annotations.NullMarked;
