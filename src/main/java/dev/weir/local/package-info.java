/**
 * How the local jar keeps the state of a pipeline from one run to the next: where it is, which of it is the newest, who runs now, and how a running job
 * is stopped. Knows Flink, and nothing of sources, sinks or the console.
 */
package dev.weir.local;
