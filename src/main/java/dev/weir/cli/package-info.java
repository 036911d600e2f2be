/**
 * The command line: what a person types and reads. The only place that writes to stdout; it decides nothing about data.
 * May use everything but {@code dev.weir} itself; nothing but {@code dev.weir.WeirJob} may use it.
 */
package dev.weir.cli;
