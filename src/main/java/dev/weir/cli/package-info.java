/**
 * Defines the command line. It is the only place that writes to stdout, and it decides nothing about data. May use
 * everything except {@code dev.weir} itself; only {@code dev.weir.WeirJob} may use it.
 */
package dev.weir.cli;
