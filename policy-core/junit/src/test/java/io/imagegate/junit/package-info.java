/** What tests with JUnit use. */
@NullMarked
package io.imagegate.junit;

import org.jspecify.annotations.NullMarked;
