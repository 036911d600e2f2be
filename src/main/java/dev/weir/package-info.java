/**
 * The job as a whole: {@link dev.weir.WeirJob} reads the configuration and submits, {@link dev.weir.Pipeline} is the graph. The only
 * classes that know source, operators and every sink; no rule about data and no line of input or output may live here.
 */
package dev.weir;
