/**
 * How the local jar keeps the state of a pipeline from one run to the next: where it is, which of it is the newest, who
 * runs now, how a running job is stopped, and the doctor's checks of all that. Uses {@code books} and {@code doctor};
 * knows nothing of sources, sinks or the console.
 */
package dev.weir.local;
