/**
 * Defines the production job: {@link dev.weir.job.Pipeline} is the graph, {@link dev.weir.job.JobDefinition} connects
 * source, outputs and graph, and {@link dev.weir.job.ClusterStart} is the {@code main} of a cluster. It is the only
 * package that knows the source, the operators and every sink. No rule about data and no input or output of its own may
 * live here.
 */
package dev.weir.job;
