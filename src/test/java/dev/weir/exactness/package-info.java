/**
 * Proves that the outputs of the whole job are exactly the oracle's: at every parallelism and with every interleaving, under a failure at
 * every point, for bad, random and real input, and when Kafka loses records. One test shows that the comparison itself can fail.
 */
package dev.weir.exactness;
