/** Tests of a project that ships manifests. */
@NullMarked
package io.imagegate.examples.maven;

import org.jspecify.annotations.NullMarked;
