/** Tests of the pages in Chromium. */
@NullMarked
package io.imagegate.console.browser;

import org.jspecify.annotations.NullMarked;
