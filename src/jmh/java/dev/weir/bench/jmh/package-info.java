/**
 * Benchmarks of the parts alone, run by {@code ./mvnw -Pjmh}; on no other classpath. One invocation handles a batch;
 * times are for one of it.
 */
package dev.weir.bench.jmh;
