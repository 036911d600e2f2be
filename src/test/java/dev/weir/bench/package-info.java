/**
 * {@code ./mvnw -Pbench}: contenders on one input, each in a process of its own, measured and compared. What decides a verdict or a row
 * does not live here; what a time counts for is checked against the oracle first.
 */
package dev.weir.bench;
