/**
 * Fuzz targets: whatever bytes a fuzzer thinks of, guided by the code they reach, something must hold of the answer. Each
 * begins with the seeds that it names and with the files of its folder in {@code src/test/resources}; an input that it
 * finds wrong is written there, to be kept with the fix. {@code fuzz.duration} says how long each is tried.
 */
@org.jspecify.annotations.NullMarked
package io.imagegate.fuzz;
