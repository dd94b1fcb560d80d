/**
 * The benchmarks of the library: JMH for what takes time, surveys for what JMH cannot say (how often another parser agrees
 * with the reference implementation, and what hostile text does to it). {@link io.imagegate.bench.CoreBenchmarks} runs
 * them all and leaves figures; the server's benchmarks add theirs and write the page.
 */
@NullMarked
package io.imagegate.bench;

import org.jspecify.annotations.NullMarked;
