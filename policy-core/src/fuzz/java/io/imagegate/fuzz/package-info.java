/**
 * Fuzz targets: whatever bytes a fuzzer thinks of, guided by the code they reach, something must hold of the answer. The
 * profile {@code fuzz} sets how long each is tried.
 */
@org.jspecify.annotations.NullMarked
package io.imagegate.fuzz;
