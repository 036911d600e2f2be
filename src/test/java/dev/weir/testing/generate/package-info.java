/** Input for tests: catalogs, seeded streams of events with every known fault, and real data. Nothing here judges; see the oracle. */
package dev.weir.testing.generate;
