/**
 * The series machine: the state of one series, the rules that judge a reading against it, and its windows. These are plain objects without
 * a clock of their own. The host passes the time and takes the results. Uses {@code core.catalog}, {@code core.model} and {@code
 * core.decode}.
 */
package dev.weir.core.series;
