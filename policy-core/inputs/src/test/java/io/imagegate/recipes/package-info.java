/** The snippets of README.md, the recipes of TESTKIT.md, and tests of the test kit itself, from where its users stand. */
@NullMarked
package io.imagegate.recipes;

import org.jspecify.annotations.NullMarked;
