/** The command line: what a person types and reads. The only place that writes to stdout; it decides nothing about data. */
package dev.weir.cli;
