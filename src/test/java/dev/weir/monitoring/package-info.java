/** Reads what is in {@code monitoring/} and what is written about it in {@code docs/}. */
package dev.weir.monitoring;
