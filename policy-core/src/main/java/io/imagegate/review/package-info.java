/** What is asked: the images of a pod. */
@NullMarked
package io.imagegate.review;

import org.jspecify.annotations.NullMarked;
