/**
 * Keeps the state of a pipeline for the local jar, from one run to the next: where it is, which state is the newest,
 * which process runs now, how a running job is stopped, and the doctor's checks of all that. Uses {@code books},
 * {@code doctor} and {@code retry}; knows nothing of sources, sinks or the console.
 */
package dev.weir.local;
